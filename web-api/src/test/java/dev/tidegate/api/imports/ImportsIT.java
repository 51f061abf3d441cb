package dev.tidegate.api.imports;

import static dev.tidegate.api.imports.ImportRows.PATH;
import static dev.tidegate.api.imports.ImportRows.number;
import static dev.tidegate.api.imports.ImportRows.strings;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.api.testing.Injections;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class ImportsIT {

    private final ImportRows rows = new ImportRows();

    @Test
    void questionsOfCsvAreThereWithTheirTags() {
        String tag = "tag-" + UUID.randomUUID();

        JsonPath ended = rows.imported("questions", "csv", """
                topic,difficulty,validationStatus,stem,option1,option2,correctOption,tags
                %1$s,2,validated,"one, quoted",a,b,2,%2$s;other-%2$s
                %3$d,,,two,c,d,1,%2$s
                """.formatted(rows.topicName(), tag, rows.topic)
                .getBytes(UTF_8));

        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(ended.getInt("rowsWritten")).isEqualTo(2);
        assertThat(ended.getInt("entriesRead")).isEqualTo(2);
        assertThat(strings("""
                select concat_ws('|', q.stem, q.difficulty, q.validation_status, q.options, q.correct_option,
                                 (select string_agg(t.name, ',' order by t.name)
                                  from question_tags qt join tags t on t.id = qt.tag_id where qt.question_id = q.id))
                from questions q where q.topic_id = %d order by q.id
                """.formatted(rows.topic)))
                .containsExactly(
                        "one, quoted|2|validated|{a,b}|2|other-%1$s,%1$s".formatted(tag),
                        "two|3|in_review|{c,d}|1|" + tag);
    }

    @Test
    void questionsOfJsonLinesGiftAndMoodleAreThere() {
        String topic = Long.toString(rows.topic);
        byte[] json = "{\"stem\": \"json\", \"options\": [\"a\", \"b\"], \"correctOption\": 1}".getBytes(UTF_8);
        byte[] gift = "$CATEGORY: unknown/here\n\ngift {=a ~b}".getBytes(UTF_8);
        byte[] byCategory = "$CATEGORY: $course$/top/%s/Kinematics\n\ncategory {T}"
                .formatted(rows.subject)
                .getBytes(UTF_8);
        byte[] moodle = """
                <quiz><question type="truefalse"><questiontext><text>moodle</text></questiontext>
                <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
                </question></quiz>""".getBytes(UTF_8);

        rows.imported("questions", "jsonl", json, "topic", topic);
        rows.imported("questions", "gift", gift, "topic", topic, "validationStatus", "validated");
        rows.imported("questions", "gift", byCategory);
        rows.imported("questions", "moodle_xml", moodle, "topic", topic);

        assertThat(strings("select stem || ' ' || validation_status from questions where topic_id = %d order by id"
                        .formatted(rows.topic)))
                .containsExactly("json in_review", "gift validated", "category in_review", "moodle in_review");
    }

    @Test
    void lessonsAreThere() {
        JsonPath ended = rows.imported(
                "lessons",
                "csv",
                "topic,position,title,body,minutes\n%1$d,2,b,B,5\n%1$d,1,a,A,6\n"
                        .formatted(rows.topic)
                        .getBytes(UTF_8));

        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(strings("select title from lessons where topic_id = %d order by position".formatted(rows.topic)))
                .containsExactly("a", "b");
    }

    @Test
    void cardsOfAnkiAreSharedOnesOrGoToTheEditorsDeckWhoseCountsFollow() {
        byte[] anki = AnkiFile.of("collection.anki21", List.of(List.of("f1", "b1"), List.of("f2", "b2")));
        String topic = Long.toString(rows.topic);
        long deck = number("insert into decks (user_id, tenant_id, title) values (%d, %d, 'd') returning id"
                .formatted(rows.editor, rows.tenant));

        rows.imported("cards", "apkg", anki, "topic", topic);
        rows.imported("cards", "apkg", anki, "topic", topic, "deck", Long.toString(deck));

        assertThat(strings(
                        "select card_type || front || coalesce(deck_id, 0) from flashcards where topic_id = %d order by id"
                                .formatted(rows.topic)))
                .containsExactly("systemf10", "systemf20", "userf1" + deck, "userf2" + deck);
        assertThat(number("select card_count from decks where id = " + deck)).isEqualTo(2);
        assertThat(number("select card_count from deck_subjects where deck_id = " + deck))
                .isEqualTo(2);
    }

    @Test
    void injectionsAreStoredAsTheTextsTheyAre() {
        List<String> attacks = Injections.all();
        String csv = attacks.stream()
                .map(attack -> "\"%s\",back\n".formatted(attack.replace("\"", "\"\"")))
                .collect(Collectors.joining("", "front,back\n", ""));

        JsonPath ended = rows.imported("cards", "csv", csv.getBytes(UTF_8), "topic", Long.toString(rows.topic));

        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(strings("select front from flashcards where topic_id = %d order by id".formatted(rows.topic)))
                .isEqualTo(attacks);
    }

    @Test
    void deckOfSomebodyElseIsNotFilled() {
        var other = new ImportRows();
        long deck = number("insert into decks (user_id, tenant_id, title) values (%d, %d, 'd') returning id"
                .formatted(other.editor, other.tenant));

        JsonPath ended = rows.imported(
                "cards",
                "csv",
                "front,back\na,b\n".getBytes(UTF_8),
                "topic",
                Long.toString(rows.topic),
                "deck",
                Long.toString(deck));

        assertThat(ended.getString("failure")).isEqualTo("deck");
        assertThat(number("select count(*) from flashcards where deck_id = " + deck))
                .isZero();
        assertThat(number("select card_count from decks where id = " + deck)).isZero();
    }

    @Test
    void repetitionWithTheSameKeyImportsNothingTwice() {
        String key = UUID.randomUUID().toString();
        byte[] file = "front,back\na,b\n".getBytes(UTF_8);

        Response first = send(key, file);
        rows.ended(first.header("Location").replaceFirst("^https?://[^/]+", ""));
        Response second = send(key, file);
        Response other = send(key, "front,back\nc,d\n".getBytes(UTF_8));

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.jsonPath().getLong("id")).isEqualTo(first.jsonPath().getLong("id"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(number("select count(*) from flashcards where topic_id = " + rows.topic))
                .isEqualTo(1);
    }

    private Response send(String key, byte[] file) {
        return rows.asEditor()
                .contentType("application/octet-stream")
                .header("Idempotency-Key", key)
                .queryParam("kind", "cards")
                .queryParam("format", "csv")
                .queryParam("topic", rows.topic)
                .body(file)
                .post(PATH);
    }

    @Test
    void importIsSeenByTheTenantsEditorsOnly() {
        String location = rows.start("cards", "csv", "front,back\na,b\n".getBytes(UTF_8), "topic", "1");
        var other = new ImportRows();

        rows.ended(location);

        other.asEditor().get(location).then().statusCode(404);
        given().auth()
                .oauth2(Tokens.of(rows.editor, rows.tenant).sign())
                .get(location)
                .then()
                .statusCode(403);
        rows.asEditor().get(PATH).then().statusCode(200).body("items.size()", equalTo(1));
        other.asEditor().get(PATH).then().statusCode(200).body("items.size()", equalTo(0));
    }

    @Test
    void listIsPagedTheNewestFirst() {
        for (int i = 0; i < 3; i++) {
            rows.ended(rows.start("cards", "csv", "front,back\n".getBytes(UTF_8)));
        }

        JsonPath first = rows.asEditor().queryParam("limit", 2).get(PATH).jsonPath();
        JsonPath second = rows.asEditor()
                .queryParam("limit", 2)
                .queryParam("cursor", first.getString("next"))
                .get(PATH)
                .jsonPath();

        assertThat(first.getList("items.id", Long.class)).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(first.getList("items")).hasSize(2);
        assertThat(second.getList("items")).hasSize(1);
        assertThat(second.getString("next")).isNull();
    }
}
