package dev.tidegate.api.content;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.tidegate.api.testing.RequestLog;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class ContentAnnouncementsIT {

    private static final String LESSONS = "/v1/content/lessons";

    private final ContentRows rows = new ContentRows();

    @Test
    void newLessonIsAnnouncedUnderItsTopic() {
        long topic = rows.topic();

        editor().body(lesson(topic)).post(LESSONS).then().statusCode(201);

        List<ConsumerRecord<String, String>> sent = awaitAnnouncements(topic, 1);
        assertThat(sent).singleElement().satisfies(message -> {
            assertThat(new String(
                            message.headers().lastHeader("idempotency-key").value(), StandardCharsets.UTF_8))
                    .isEqualTo("content-change:topic:" + topic);
            assertThat(message.value()).isEqualTo("{\"topicId\":%d}".formatted(topic));
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(SchemaLocation.of("classpath:contracts/content-change.schema.json"))
                            .validate(message.value(), InputFormat.JSON))
                    .isEmpty();
        });
    }

    @Test
    void moveIsAnnouncedUnderBothTopicsAndRemovalUnderTheLast() {
        long from = rows.topic();
        long to = rows.topic();
        int lesson = editor().body(lesson(from)).post(LESSONS).then().extract().path("id");

        editor().body(lesson(to)).put(LESSONS + "/" + lesson).then().statusCode(200);
        awaitAnnouncements(from, 2);
        awaitAnnouncements(to, 1);
        editor().delete(LESSONS + "/" + lesson).then().statusCode(204);

        awaitAnnouncements(to, 2);
    }

    @Test
    void refusedWriteIsNotAnnounced() {
        long topic = rows.topic();
        editor().body(lesson(topic)).post(LESSONS).then().statusCode(201);

        editor().body(lesson(topic)).post(LESSONS).then().statusCode(409);
        editor().header("Idempotency-Key", "again-" + topic)
                .body(lesson(topic, 2))
                .post(LESSONS)
                .then()
                .statusCode(201);

        assertThat(awaitAnnouncements(topic, 2)).hasSize(2);
    }

    private static Map<String, Object> lesson(long topic) {
        return lesson(topic, 1);
    }

    private static Map<String, Object> lesson(long topic, int position) {
        return Map.of("topicId", topic, "position", position, "title", "Fall", "body", "# g", "minutes", 15);
    }

    private static List<ConsumerRecord<String, String>> awaitAnnouncements(long topic, int number) {
        return await().until(() -> RequestLog.of("content-changes", topic), sent -> sent.size() >= number);
    }

    private RequestSpecification editor() {
        return given().auth()
                .oauth2(Tokens.of(rows.user(), rows.tenant()).groups("editor").sign())
                .contentType(ContentType.JSON);
    }
}
