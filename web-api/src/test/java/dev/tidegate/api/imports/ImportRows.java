package dev.tidegate.api.imports;

import static io.restassured.RestAssured.given;

import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.sql.testing.TestQueries;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** An editor, a topic of its own, and imports into it. */
final class ImportRows {

    static final String PATH = "/v1/content/imports";

    private static final Duration LONGEST = Duration.ofMinutes(2);

    final long tenant;
    final long editor;
    final String subject = "Subject " + UUID.randomUUID();
    final long topic;

    ImportRows() {
        var rows = new Rows();
        tenant = rows.tenant(UUID.randomUUID().toString());
        editor = rows.user(tenant, "UTC", 0);
        topic = number("""
                with subject as (insert into subjects (name) values ('%s') returning id)
                insert into topics (subject_id, name, position) select id, 'Kinematics', 1 from subject returning id
                """.formatted(subject));
    }

    /** "Subject / Topic". */
    String topicName() {
        return subject + " / Kinematics";
    }

    RequestSpecification asEditor() {
        return given().auth().oauth2(Tokens.of(editor, tenant).groups("editor").sign());
    }

    /** Sends a file and returns the import when it has ended. */
    JsonPath imported(String kind, String format, byte[] file, String... parameters) {
        return ended(start(kind, format, file, parameters));
    }

    /** Sends a file and returns where the import is read. */
    String start(String kind, String format, byte[] file, String... parameters) {
        RequestSpecification request = asEditor()
                .contentType("application/octet-stream")
                .queryParam("kind", kind)
                .queryParam("format", format);
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.body(file)
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .header("Location")
                .replaceFirst("^https?://[^/]+", "");
    }

    JsonPath ended(String location) {
        return Awaitility.await()
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> asEditor()
                                .get(location)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        state -> List.of("succeeded", "failed").contains(state.getString("status")));
    }

    static long number(String query) {
        return Long.parseLong(strings(query).getFirst());
    }

    static List<String> asSuperuser(String query) {
        try {
            return TestQueries.strings(Rows.as("postgres"), query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> strings(String query) {
        try {
            return TestQueries.strings(Rows.as("migrator"), query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
