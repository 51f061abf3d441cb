package dev.tidegate.api.imports;

import static dev.tidegate.api.imports.ImportRows.PATH;
import static dev.tidegate.api.imports.ImportRows.number;
import static dev.tidegate.api.imports.ImportRows.strings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.api.testing.Servers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(Servers.class)
class ImportErrorsIT {

    private final ImportRows rows = new ImportRows();

    @Inject
    ImportRunner runner;

    @Test
    void eachFlawNamesLineEntryAndFieldAndNothingIsImported() {
        String tag = "tag-" + UUID.randomUUID();

        JsonPath ended =
                rows.imported("questions", "csv", """
                topic,difficulty,stem,option1,option2,correctOption,tags
                %1$d,1,fine,a,b,1,%2$s
                %1$d,9,"bad
                difficulty",a,b,1,
                Nowhere / Nothing,1,bad topic,a,b,3,
                """.formatted(rows.topic, tag).getBytes(UTF_8));

        assertThat(ended.getString("status")).isEqualTo("failed");
        assertThat(ended.getString("failure")).isEqualTo("flaws");
        assertThat(ended.getInt("rowsWritten")).isZero();
        assertThat(ended.<Map<String, Object>>getList("flaws"))
                .containsExactlyInAnyOrder(
                        Map.of(
                                "line",
                                3,
                                "entry",
                                2,
                                "field",
                                "difficulty",
                                "message",
                                "takes a whole number from 1 to 5"),
                        Map.of(
                                "line",
                                5,
                                "entry",
                                3,
                                "field",
                                "topic",
                                "message",
                                "names no topic; it takes an id or \"Subject / Topic\""),
                        Map.of(
                                "line",
                                5,
                                "entry",
                                3,
                                "field",
                                "correctOption",
                                "message",
                                "takes a whole number from 1 to 2"));
        assertThat(number("select count(*) from questions where topic_id = " + rows.topic))
                .isZero();
        assertThat(strings("select name from tags where name = '%s'".formatted(tag)))
                .isEmpty();
    }

    @Test
    void lessonsWhosePlaceIsTakenAreNamedAndTheOthersAreTakenBack() {
        rows.imported("lessons", "csv", lessons(7));

        JsonPath ended = rows.imported("lessons", "csv", lessons(5, 6, 7, 8));

        assertThat(ended.getString("failure")).isEqualTo("flaws");
        assertThat(ended.<Map<String, Object>>getList("flaws"))
                .containsExactly(Map.of(
                        "line",
                        4,
                        "entry",
                        3,
                        "field",
                        "position",
                        "message",
                        "is that of another lesson of the topic"));
        assertThat(number("select count(*) from lessons where topic_id = " + rows.topic))
                .isEqualTo(1);
    }

    private byte[] lessons(int... positions) {
        var text = new StringBuilder("topic,position,title,body,minutes\n");
        for (int position : positions) {
            text.append("%d,%d,t,b,5%n".formatted(rows.topic, position));
        }
        return text.toString().getBytes(UTF_8);
    }

    @Test
    void topicOfTheRequestThatDoesNotExistIsAFlaw() {
        JsonPath ended = rows.imported("cards", "csv", "front,back\na,b\n".getBytes(UTF_8), "topic", "2147483647");

        assertThat(ended.<Map<String, Object>>getList("flaws"))
                .containsExactly(Map.of("field", "topic", "message", "names no topic"));
    }

    @ParameterizedTest
    @CsvSource({
        "questions, apkg, , format",
        "lessons, gift, , format",
        "questions, csv, 5, deck",
        "poems, csv, , kind",
        "questions, pdf, , format",
        ", csv, , ''",
    })
    void requestThatCannotBeMeantIsRefused(String kind, String format, Integer deck, String field) {
        RequestSpecification request = rows.asEditor()
                .contentType("text/csv")
                .queryParam("format", format)
                .body("a");
        if (kind != null) {
            request.queryParam("kind", kind);
        }
        if (deck != null) {
            request.queryParam("deck", deck);
        }

        String named =
                request.post(PATH).then().statusCode(400).extract().jsonPath().getString("violations[0].field");

        assertThat(named).contains(field);
    }

    @Test
    void emptyFileIsRefused() {
        rows.asEditor()
                .contentType("text/csv")
                .queryParam("kind", "cards")
                .queryParam("format", "csv")
                .post(PATH)
                .then()
                .statusCode(400);
    }

    @Test
    void otherMediaTypeIsRefused() {
        rows.asEditor()
                .contentType("application/json")
                .queryParam("kind", "cards")
                .queryParam("format", "csv")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void fileBeyondOtherBodiesBoundIsTakenAnnouncedOrNot() {
        byte[] file = ("front,back\n" + "a,%s\n".formatted("x".repeat(7_000)).repeat(400)).getBytes(UTF_8);
        String topic = Long.toString(rows.topic);

        rows.imported("cards", "csv", file, "topic", topic);
        String location = rows.asEditor()
                .contentType("application/octet-stream")
                .queryParam("kind", "cards")
                .queryParam("format", "csv")
                .queryParam("topic", topic)
                .body(new ByteArrayInputStream(file))
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        rows.ended(location.replaceFirst("^https?://[^/]+", ""));

        assertThat(number("select count(*) from flashcards where topic_id = " + rows.topic))
                .isEqualTo(800);
    }

    @Test
    void fileWithoutAPlaceIsRefusedBeforeItIsRead() {
        int taken = 0;
        try {
            while (runner.takePlace()) {
                taken++;
            }

            rows.asEditor()
                    .contentType("text/csv")
                    .queryParam("kind", "cards")
                    .queryParam("format", "csv")
                    .body("front,back\na,b\n")
                    .post(PATH)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", equalTo("10"))
                    .body("type", equalTo("https://tidegate.dev/problems/imports-busy"));
        } finally {
            for (int i = 0; i < taken; i++) {
                runner.givePlaceBack();
            }
        }
    }

    @Test
    void importOfAReplicaThatIsGoneIsGivenUpAndTheNextOneRuns() {
        long abandoned = number("""
                insert into content_imports (user_id, tenant_id, kind, format, file_bytes, status, holder, lease_until, created_at)
                values (%d, %d, 'cards', 'csv', 1, 'running', 'gone', now() - interval '1 s', now()) returning id
                """.formatted(rows.editor, rows.tenant));

        String next =
                rows.start("cards", "csv", "front,back\na,b\n".getBytes(UTF_8), "topic", Long.toString(rows.topic));
        runner.keepBooks().await().atMost(Duration.ofSeconds(20));

        rows.asEditor()
                .get(PATH + "/" + abandoned)
                .then()
                .body("status", equalTo("failed"))
                .body("failure", equalTo("interrupted"));
        assertThat(rows.ended(next).getString("status")).isEqualTo("succeeded");
    }

    @Test
    void connectionThatIsCutInTheMiddleLeavesNothing() {
        byte[] file = ("front,back\n" + "a,%s\n".formatted("x".repeat(3_000)).repeat(20_000)).getBytes(UTF_8);
        String location = rows.start("cards", "csv", file, "topic", Long.toString(rows.topic));

        Awaitility.await().pollInterval(Duration.ofMillis(50)).until(ImportErrorsIT::cutWriter);
        JsonPath ended = rows.ended(location);

        assertThat(ended.getString("status")).isEqualTo("failed");
        assertThat(ended.getString("failure")).isEqualTo("unavailable");
        assertThat(number("select count(*) from flashcards where topic_id = " + rows.topic))
                .isZero();
        assertThat(rows.imported(
                                "cards", "csv", "front,back\na,b\n".getBytes(UTF_8), "topic", Long.toString(rows.topic))
                        .getString("status"))
                .isEqualTo("succeeded");
    }

    private static boolean cutWriter() {
        return ImportRows.asSuperuser("""
                select pg_terminate_backend(pid)::text from pg_stat_activity
                where usename = 'content_import' and datname = current_database() and backend_xid is not null
                """).contains("true");
    }
}
