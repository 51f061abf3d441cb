package dev.tidegate.api.deck;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.tidegate.api.testing.CardRows;
import dev.tidegate.api.testing.LearnerClient;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class DecksIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();
    private final CardRows cards = new CardRows();

    @Inject
    VirtualClock clock;

    private long tenant;
    private LearnerClient learner;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        learner = new LearnerClient(rows.user(tenant, "UTC", 0), tenant);
    }

    @Test
    void createdDeckIsEmptyAndCanBeRead() {
        String location = learner.asking()
                .body(Map.of("title", "Exam"))
                .post("/v1/decks")
                .then()
                .statusCode(201)
                .body("title", equalTo("Exam"))
                .body("cardCount", equalTo(0))
                .body("createdAt", equalTo("2026-03-10T12:00:00Z"))
                .extract()
                .header("Location");

        learner.asking()
                .get(location)
                .then()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache")
                .header("ETag", "\"1\"")
                .body("title", equalTo("Exam"));
    }

    @Test
    void repeatedCreationWithAKeyCreatesOneDeck() {
        for (int i = 0; i < 2; i++) {
            learner.asking()
                    .header("Idempotency-Key", "k")
                    .body(Map.of("title", "Exam"))
                    .post("/v1/decks")
                    .then()
                    .statusCode(201)
                    .header("Location", endsWith("/v1/decks/" + onlyDeck()));
        }
    }

    private long onlyDeck() {
        return cards.number("select id from decks where user_id = ?", learner.userId());
    }

    @Test
    void pagesPartitionTheListTheNewestFirst() {
        cards.decks(learner.userId(), tenant, 7);
        var titles = new ArrayList<String>();
        String cursor = null;
        do {
            var request = learner.asking().queryParam("limit", 3);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/v1/decks")
                    .jsonPath();
            titles.addAll(page.getList("items.deck.title"));
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(titles).containsExactly("Deck 7", "Deck 6", "Deck 5", "Deck 4", "Deck 3", "Deck 2", "Deck 1");
    }

    @Test
    void statisticsCountCardsAndWhatIsDue() {
        int topic = cards.topic(cards.subject());
        long deck = learner.deck("Exam");
        long other = learner.deck("Other");
        long due = learner.card(deck, topic);
        long later = learner.card(deck, topic);
        long suspended = learner.card(deck, topic);
        long elsewhere = learner.card(other, topic);
        cards.review(learner.userId(), due, NOON.minusSeconds(1));
        cards.review(learner.userId(), later, NOON.plusSeconds(1));
        cards.review(learner.userId(), suspended, NOON.minusSeconds(1));
        cards.review(learner.userId(), elsewhere, NOON);
        cards.setStatus(suspended, "suspended");

        learner.asking()
                .get("/v1/decks")
                .then()
                .statusCode(200)
                .body("items.deck.title", contains("Other", "Exam"))
                .body("items.deck.cardCount", contains(1, 3))
                .body("items.dueCount", contains(1, 1))
                .body("next", nullValue());
    }

    @Test
    void subjectsAreCountedAndOnlyThoseWithCardsAreShown() {
        int physics = cards.subject();
        int chemistry = cards.subject();
        long deck = learner.deck("Exam");
        learner.asking()
                .get("/v1/decks/" + deck + "/subjects")
                .then()
                .statusCode(200)
                .body("items", empty());
        learner.card(deck, cards.topic(physics));
        learner.card(deck, cards.topic(physics));
        long only = learner.card(deck, cards.topic(chemistry));

        var subjects = learner.asking().get("/v1/decks/" + deck + "/subjects");
        subjects.then()
                .statusCode(200)
                .body("items.subjectId", contains(physics, chemistry))
                .body("items.cardCount", contains(2, 1))
                .body(
                        "items[0].name",
                        equalTo(cards.all("select name from subjects where id = ?", physics)
                                .getFirst()));
        learner.asking()
                .header("If-None-Match", subjects.header("ETag"))
                .get("/v1/decks/" + deck + "/subjects")
                .then()
                .statusCode(304);
        learner.asking().delete("/v1/flashcards/" + only).then().statusCode(204);

        learner.asking().get("/v1/decks/" + deck + "/subjects").then().body("items.subjectId", contains(physics));
    }

    @Test
    void renamingChangesTitleAndTag() {
        long deck = learner.deck("Exam");

        learner.asking()
                .body(Map.of("title", "Finals"))
                .put("/v1/decks/" + deck)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("title", equalTo("Finals"));

        learner.asking()
                .header("If-None-Match", "\"2\"")
                .get("/v1/decks/" + deck)
                .then()
                .statusCode(304);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {"\"1\", 200", "*, 200", "\"2\", 412", "W/\"1\", 412", "\"\", 412", "\"x\", 412", "1, 400"})
    void renamingComparesTheVersion(String ifMatch, int status) {
        long deck = learner.deck("Exam");

        learner.asking()
                .header("If-Match", ifMatch)
                .body(Map.of("title", "Finals"))
                .put("/v1/decks/" + deck)
                .then()
                .statusCode(status);

        assertThat(cards.all("select title from decks where id = ?", deck))
                .containsExactly(status == 200 ? "Finals" : "Exam");
    }

    @Test
    void numberOfCardsIsPartOfTheVersion() {
        long deck = learner.deck("Exam");
        String before = learner.asking().get("/v1/decks/" + deck).header("ETag");
        learner.card(deck, cards.topic(cards.subject()));

        learner.asking()
                .header("If-None-Match", before)
                .get("/v1/decks/" + deck)
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(before)))
                .body("cardCount", equalTo(1));
    }

    @Test
    void removingADeckRemovesItsCardsAndTheirReviews() {
        int topic = cards.topic(cards.subject());
        long deck = learner.deck("Exam");
        long card = learner.card(deck, topic);
        cards.review(learner.userId(), card, NOON);

        learner.asking().delete("/v1/decks/" + deck).then().statusCode(204);

        assertThat(cards.number("select count(*) from flashcards where id = ?", card))
                .isZero();
        assertThat(cards.number("select count(*) from reviews where user_id = ?", learner.userId()))
                .isZero();
        learner.asking().delete("/v1/decks/" + deck).then().statusCode(404);
    }

    @Test
    void learnerHasAtMostFiveHundredDecks() {
        cards.decks(learner.userId(), tenant, 499);
        learner.deck("The last one");

        learner.asking()
                .body(Map.of("title", "One too many"))
                .post("/v1/decks")
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tidegate.dev/problems/conflict"));
    }

    @Test
    void decksOfOthersAreNotFound() {
        long deck = learner.deck("Exam");
        long otherTenant = rows.tenant(UUID.randomUUID().toString());
        for (LearnerClient stranger : List.of(
                new LearnerClient(rows.user(tenant, "UTC", 0), tenant),
                new LearnerClient(rows.user(otherTenant, "UTC", 0), otherTenant),
                new LearnerClient(learner.userId(), otherTenant))) {
            stranger.asking().get("/v1/decks/" + deck).then().statusCode(404);
            stranger.asking().get("/v1/decks/" + deck + "/subjects").then().statusCode(404);
            stranger.asking()
                    .body(Map.of("title", "Mine"))
                    .put("/v1/decks/" + deck)
                    .then()
                    .statusCode(404);
            stranger.asking().delete("/v1/decks/" + deck).then().statusCode(404);
            stranger.asking().get("/v1/decks").then().statusCode(200).body("items", empty());
        }
        assertThat(cards.all("select title from decks where id = ?", deck)).containsExactly("Exam");
    }

    @Test
    void userOfAnotherTenantCreatesNothing() {
        long otherTenant = rows.tenant(UUID.randomUUID().toString());

        new LearnerClient(learner.userId(), otherTenant)
                .asking()
                .body(Map.of("title", "Exam"))
                .post("/v1/decks")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"title\": null}",
                "{\"title\": \"  \"}",
                "{\"title\": 7}",
                "{\"title\": \"a\\u0000b\"}",
                "{\"title\": \"a\", \"cardCount\": 5}",
                "[]",
                ""
            })
    void bodiesOutsideTheirBoundsAreRefused(String body) {
        learner.asking().body(body).post("/v1/decks").then().statusCode(400);
        learner.asking().body(body).put("/v1/decks/1").then().statusCode(400);
    }

    @Test
    void titleTakesTwoHundredCharacters() {
        learner.asking()
                .body(Map.of("title", "é".repeat(200)))
                .post("/v1/decks")
                .then()
                .statusCode(201);
        learner.asking()
                .body(Map.of("title", "e".repeat(201)))
                .post("/v1/decks")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "cursor=abc"})
    void parametersOutsideTheirBoundsAreRefused(String query) {
        learner.asking().get("/v1/decks?" + query).then().statusCode(400);
    }

    @Test
    void nobodyIsUnauthorized() {
        given().get("/v1/decks").then().statusCode(401);
    }
}
