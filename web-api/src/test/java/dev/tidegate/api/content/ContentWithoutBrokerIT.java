package dev.tidegate.api.content;

import static dev.tidegate.api.content.ContentRows.number;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.api.testing.NoBroker;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody listens where the broker should be: editors notice nothing, and the list of changes keeps what they did. */
@QuarkusTest
@TestProfile(NoBroker.class)
@WithTestResource(value = Servers.class, initArgs = @ResourceArg(name = "broker", value = "false"))
class ContentWithoutBrokerIT {

    private static final String LESSONS = "/v1/content/lessons";
    private static final int MORE = 10;

    private final ContentRows rows = new ContentRows();
    private final long topic = rows.topic();

    @Inject
    MeterRegistry meters;

    @Test
    void editsAreCommittedAndAnsweredWhileTheBrokerIsStillWaitedFor() {
        double before = lost();
        long changesBefore = changes();

        int first = editor().body(lesson(1))
                .post(LESSONS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        editor().body(lesson(2)).put(LESSONS + "/" + first).then().statusCode(200);
        editor().delete(LESSONS + "/" + first).then().statusCode(204);

        // Had one of the three waited for the broker, its announcement would be lost by now.
        assertThat(lost()).isEqualTo(before);

        for (int position = 1; position <= MORE; position++) {
            editor().body(lesson(position)).post(LESSONS).then().statusCode(201);
        }

        double dropped = lost();
        assertThat(dropped - before).isGreaterThanOrEqualTo(3 + MORE - NoBroker.ANNOUNCEMENTS);
        assertThat(number("select count(*) from lessons where topic_id = ?", topic))
                .isEqualTo(MORE);
        // A lesson's new place changes no count.
        assertThat(changes() - changesBefore).isEqualTo(2 + MORE);
        await().atMost(Duration.ofSeconds(60)).until(() -> lost() > dropped);
    }

    private Map<String, Object> lesson(int position) {
        return Map.of("topicId", topic, "position", position, "title", "Fall", "body", "# g", "minutes", 15);
    }

    /** What the refresher will find on its list. */
    private long changes() {
        return number("select count(*) from content_changes where topic_id = ?", topic);
    }

    /** Counted from the first edit on; before it there is no such counter. */
    private double lost() {
        return meters.find("tidegate.content.announcements.lost").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private RequestSpecification editor() {
        return given().auth()
                .oauth2(Tokens.of(rows.user(), rows.tenant()).groups("editor").sign())
                .contentType(ContentType.JSON);
    }
}
