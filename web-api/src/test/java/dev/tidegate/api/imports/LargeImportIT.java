package dev.tidegate.api.imports;

import static dev.tidegate.api.imports.ImportRows.number;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.api.testing.Servers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class LargeImportIT {

    private static final int QUESTIONS = 100_000;
    private static final String HEADER = "stem,option1,option2,option3,correctOption,tags\n";

    private final ImportRows rows = new ImportRows();

    @Test
    void hundredThousandQuestionsAreImportedWhileRequestsAreAnswered() {
        String location = send("");
        Set<String> states = new HashSet<>();

        JsonPath ended = Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            JsonPath state = rows.asEditor()
                                    .get(location)
                                    .then()
                                    .statusCode(200)
                                    .extract()
                                    .jsonPath();
                            states.add(state.getString("status") + (state.getInt("rowsWritten") > 0 ? " writing" : ""));
                            return state;
                        },
                        state -> state.get("finishedAt") != null);

        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(ended.getInt("rowsWritten")).isEqualTo(QUESTIONS);
        assertThat(states).contains("running writing");
        assertThat(number("select count(*) from questions where topic_id = " + rows.topic))
                .isEqualTo(QUESTIONS);
        assertThat(number("""
                select count(*) from question_tags qt join questions q on q.id = qt.question_id where q.topic_id = %d
                """.formatted(rows.topic))).isEqualTo(QUESTIONS);
    }

    @Test
    void flawInTheLastOfHundredThousandWritesNothingAtAll() {
        long inserted = insertedQuestions();

        JsonPath ended = rows.ended(send("stem without options,,,,1,\n"));

        assertThat(ended.getInt("flaws[0].line")).isEqualTo(QUESTIONS + 2);
        assertThat(ended.getString("flaws[0].field")).isEqualTo("options");
        assertThat(number("select count(*) from questions where topic_id = " + rows.topic))
                .isZero();
        assertThat(insertedQuestions()).isEqualTo(inserted);
    }

    /** Also those of transactions that were rolled back. */
    private static long insertedQuestions() {
        return number("select coalesce(last_value, 0) from pg_sequences where sequencename = 'questions_id_seq'");
    }

    /** The file is made while it is sent, so that nobody announces its length. */
    private String send(String lastLine) {
        Stream<String> lines = Stream.concat(
                Stream.of(HEADER),
                Stream.concat(
                        IntStream.range(0, QUESTIONS)
                                .mapToObj(
                                        i -> "\"Question %d, which is as long as questions are?\",a %d,b,c,%d,tag-%d\n"
                                                .formatted(i, i, 1 + i % 3, i % 50)),
                        Stream.of(lastLine)));
        InputStream file = new SequenceInputStream(
                Collections.enumeration(lines.map(line -> (InputStream) new ByteArrayInputStream(line.getBytes(UTF_8)))
                        .toList()));
        return rows.asEditor()
                .contentType("application/octet-stream")
                .queryParam("kind", "questions")
                .queryParam("format", "csv")
                .queryParam("topic", rows.topic)
                .body(file)
                .post(ImportRows.PATH)
                .then()
                .statusCode(202)
                .extract()
                .header("Location")
                .replaceFirst("^https?://[^/]+", "");
    }
}
