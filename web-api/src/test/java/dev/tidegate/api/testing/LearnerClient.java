package dev.tidegate.api.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Asks as one learner, with decks and cards of its own. */
public final class LearnerClient {

    private final long userId;
    private final String token;

    public LearnerClient(long userId, long tenantId) {
        this.userId = userId;
        this.token = Tokens.of(userId, tenantId).sign();
    }

    public long userId() {
        return userId;
    }

    public RequestSpecification asking() {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    public long deck(String title) {
        return asking().body(Map.of("title", title))
                .post("/v1/decks")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    public long card(long deckId, int topicId) {
        return asking().body(body(deckId, topicId, "active"))
                .post("/v1/flashcards")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    public static Map<String, Object> body(long deckId, int topicId, String status) {
        return Map.of("deckId", deckId, "topicId", topicId, "status", status, "front", "Front", "back", "Back");
    }
}
