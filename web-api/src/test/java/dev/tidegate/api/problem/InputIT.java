package dev.tidegate.api.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.tidegate.api.paging.PageToken;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every operation makes of a request that it cannot take, shown with one list and one body. */
@QuarkusTest
@WithTestResource(Servers.class)
class InputIT {

    private static final String LIST = "/v1/ops/plan-failures";
    private static final String BODY = "/v1/content/subjects";

    private static RequestSpecification everybody() {
        return given().auth()
                .oauth2(Tokens.of(1, 1).groups("editor", "operator").sign());
    }

    private static void assertRefused(ValidatableResponse answer, String field, String message) {
        answer.statusCode(400)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("type", equalTo("https://tidegate.dev/problems/invalid-request"))
                .body("violations.field", hasItem(field))
                .body("violations.message", hasItem(containsString(message)))
                .body("detail", not(containsString("dev.tidegate")))
                .body("detail", not(containsString("java.")));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, 1",
        "limit, -1, 1",
        "limit, 101, 100",
        "limit, 99999999999, whole number",
        "limit, abc, whole number",
        "limit, 1.5, whole number",
        "limit, '1 or 1=1', whole number",
        "user, 0, 1",
        "user, ada, whole number",
    })
    void numberOutsideItsBoundsIsRefusedByName(String parameter, String value, String bound) {
        assertRefused(everybody().queryParam(parameter, value).get(LIST).then(), parameter, bound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AQ", "!!!", "' or 1=1 --", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void forgedCursorIsRefused(String cursor) {
        assertRefused(
                everybody().queryParam("cursor", cursor).get(LIST).then(), "cursor", "is not a cursor of this list");
    }

    @Test
    void cursorOfAnotherListOrOfAnotherShapeIsRefused() {
        String foreign = PageToken.of("decks/1", 5);
        String shapeless = PageToken.of("plan-failures", "not a time");

        assertRefused(everybody().queryParam("cursor", foreign).get(LIST).then(), "cursor", "is not a cursor");
        assertRefused(everybody().queryParam("cursor", shapeless).get(LIST).then(), "cursor", "is not a cursor");
    }

    @Test
    void tooLongACursorIsRefusedByItsLength() {
        assertRefused(
                everybody().queryParam("cursor", "A".repeat(401)).get(LIST).then(), "cursor", "400");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"x\", \"examWeight\": 1, \"nmae\": 1}                | nmae       | is not a field",
                "{\"name\": \"x\", \"examWeight\": \"1\"}                         | examWeight | wrong type",
                "{\"name\": \"x\", \"examWeight\": [1]}                           | examWeight | wrong type",
                "{\"name\": {\"a\": 1}, \"examWeight\": 1}                        | name       | wrong type",
                "{\"name\": \"x\"}                                                | examWeight | ''",
                "{\"name\": null, \"examWeight\": 1}                              | name       | blank",
                "{\"name\": \"x\", \"examWeight\": 1} {}                          | body       | ''",
                "{\"name\": \"x\", \"name\": \"y\", \"examWeight\": 1}            | body       | not well-formed",
                "{\"name\": \"x\", \"examWeight\": 1                              | body       | not well-formed",
                "{'name': 'x'}                                                    | body       | ''",
                "[]                                                               | body       | wrong type",
                "\"text\"                                                         | body       | ''",
                "null                                                             | body       | ''",
                "{\"name\": \"x\", \"examWeight\": NaN}                           | body       | not well-formed",
            })
    void bodyThatIsNotWhatItShouldBeIsRefusedByField(String body, String field, String message) {
        assertRefused(
                everybody().contentType(ContentType.JSON).body(body).post(BODY).then(), field, message);
    }

    @Test
    void missingBodyIsRefused() {
        assertRefused(everybody().contentType(ContentType.JSON).post(BODY).then(), "body", "");
    }

    @Test
    void allViolationsAreNamedAtOnce() {
        everybody()
                .contentType(ContentType.JSON)
                .body("{\"name\": \"\", \"examWeight\": 101}")
                .post(BODY)
                .then()
                .statusCode(400)
                .body("violations.field", equalTo(List.of("examWeight", "name")))
                .body("violations.message", everyItem(not(startsWith("{"))));
    }

    @Test
    void enumTakesItsValuesOnly() {
        assertRefused(
                everybody()
                        .contentType(ContentType.JSON)
                        .body("{\"topicId\": 1, \"status\": \"gone\", \"front\": \"a\", \"back\": \"b\"}")
                        .post("/v1/content/flashcards")
                        .then(),
                "status",
                "takes one of active, suspended, archived");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=a"})
    void otherContentTypeIsRefused(String type) {
        everybody()
                .contentType(type)
                .body("name=x".getBytes(StandardCharsets.UTF_8))
                .post(BODY)
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tidegate.dev/problems/http-415"));
    }
}
