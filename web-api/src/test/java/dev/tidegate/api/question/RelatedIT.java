package dev.tidegate.api.question;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tidegate.api.quiz.QuizRows;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class RelatedIT {

    private final Rows rows = new Rows();
    private final QuizRows bank = new QuizRows(Rows.as("postgres"));

    private String token;
    private int subject;
    private int topic;
    /** In no other test's questions. */
    private String word;

    @BeforeEach
    void learnerAndTopic() {
        long tenant = rows.tenant(UUID.randomUUID().toString());
        token = Tokens.of(rows.user(tenant, "UTC", 0), tenant).sign();
        subject = bank.subject();
        topic = bank.topic(subject, "Energy");
        word = "w" + UUID.randomUUID().toString().replace("-", "");
    }

    @Test
    void wordsFindQuestionsInAnyForm() {
        long found = bank.questions(topic, 3, "Which " + word + " bodies are moving?", 1)[0];
        bank.questions(topic, 3, "Which " + word + " bodies rest?", 1);

        asking().queryParam("q", "move " + word)
                .get()
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo((int) found))
                .body("items[0].topicId", equalTo(topic))
                .body("items[0].topic", equalTo("Energy"))
                .body("items[0].difficulty", equalTo(3))
                .body("items[0].options", equalTo(List.of("a", "b", "c", "d")))
                .body("items[0].correctOption", nullValue())
                .body("items[0].tags", hasSize(0));
    }

    @Test
    void questionThatUsesTheWordsMoreComesFirst() {
        long less = bank.questions(topic, 3, word + " and energy", 1)[0];
        long more = bank.questions(topic, 3, word + " and energy, energy, energy", 1)[0];
        bank.questions(topic, 3, word + " and momentum", 1);

        assertThat(ids(asking().queryParam("q", word + " energy"))).containsExactly(more, less);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "energy or ", "! ", "\""})
    void operatorIsAWordOrNothing(String operator) {
        bank.questions(topic, 3, "momentum", 1);
        long found = bank.questions(topic, 3, word + " and energy", 1)[0];

        assertThat(ids(asking().queryParam("q", operator + word))).containsExactly(found);
    }

    @Test
    void topicNarrowsAndStandsAlone() {
        int other = bank.topic(subject, "Heat");
        bank.questions(topic, 3, word, 1);
        long found = bank.questions(other, 3, word, 1)[0];

        assertThat(ids(asking().queryParam("q", word).queryParam("topic", other)))
                .containsExactly(found);
        assertThat(ids(asking().queryParam("topic", other))).containsExactly(found);
    }

    @Test
    void questionsThatShareMoreTagsComeFirst() {
        int one = bank.tag();
        int two = bank.tag();
        long[] some = bank.questions(topic, 3, 3);
        bank.tagged(one, some[0], some[1], some[2]);
        bank.tagged(two, some[2]);
        bank.fillPools();

        asking().queryParam("tags", one, two)
                .get()
                .then()
                .body("items.id", equalTo(List.of((int) some[2], (int) some[0], (int) some[1])))
                .body("items[0].tags", equalTo(List.of(one, two)));
        assertThat(ids(asking().queryParam("tags", one, two).queryParam("limit", 1)))
                .containsExactly(some[2]);
    }

    @Test
    void wordsAndTagsMustBothFit() {
        int tag = bank.tag();
        long both = bank.questions(topic, 3, word, 1)[0];
        bank.questions(topic, 3, word, 1);
        long otherWords = bank.questions(topic, 3, 1)[0];
        bank.tagged(tag, both, otherWords);
        bank.fillPools();

        assertThat(ids(asking().queryParam("q", word).queryParam("tags", tag))).containsExactly(both);
        assertThat(ids(asking().queryParam("topic", topic).queryParam("tags", tag)))
                .containsExactlyInAnyOrder(both, otherWords);
    }

    @Test
    void smallTagIsFoundAmongManyQuestionsWithTheWord() {
        int tag = bank.tag();
        bank.questions(topic, 3, word, 300);
        long last = bank.questions(topic, 3, word, 1)[0];
        bank.tagged(tag, last);
        bank.fillPools();

        assertThat(ids(asking().queryParam("q", word).queryParam("tags", tag))).containsExactly(last);
    }

    @Test
    void rejectedQuestionIsNotFound() {
        long question = bank.questions(topic, 3, word, 1)[0];
        bank.rejected(question);

        assertThat(ids(asking().queryParam("q", word))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"the of and", "zzzznothing", "'); drop table questions; --", "a & | ! ( ) : * <-> \\", "''"})
    void searchThatMatchesNothingIsEmpty(String q) {
        assertThat(ids(asking().queryParam("q", q))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"q,'',q", "topic,0,topic", "topic,x,topic", "tags,0,tags", "tags,x,tags", "limit,51,limit"})
    void wrongParameterIsNamed(String parameter, String value, String field) {
        asking().queryParam(parameter, value)
                .get()
                .then()
                .statusCode(400)
                .body("violations[0].field", org.hamcrest.Matchers.startsWith(field));
    }

    private static List<Long> ids(RequestSpecification request) {
        return request.get().then().statusCode(200).extract().jsonPath().getList("items.id", Long.class);
    }

    private RequestSpecification asking() {
        return given().basePath("/v1/questions/related").auth().oauth2(token);
    }
}
