package dev.tidegate.api.flashcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tidegate.api.testing.CardRows;
import dev.tidegate.api.testing.LearnerClient;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
class FlashcardsIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();
    private final CardRows cards = new CardRows();

    @Inject
    VirtualClock clock;

    private long tenant;
    private LearnerClient learner;
    private int topic;
    private long deck;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        learner = new LearnerClient(rows.user(tenant, "UTC", 0), tenant);
        topic = cards.topic(cards.subject());
        deck = learner.deck("Exam");
    }

    @Test
    void createdCardCanBeRead() {
        String location = learner.asking()
                .body(LearnerClient.body(deck, topic, "suspended"))
                .post("/v1/flashcards")
                .then()
                .statusCode(201)
                .body("cardType", equalTo("user"))
                .body("deckId", equalTo((int) deck))
                .body("topicId", equalTo(topic))
                .body("status", equalTo("suspended"))
                .body("createdAt", equalTo("2026-03-10T12:00:00Z"))
                .extract()
                .header("Location");

        learner.asking()
                .get(location)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .header("Cache-Control", "private, no-cache")
                .body("front", equalTo("Front"))
                .body("back", equalTo("Back"));
    }

    @Test
    void repeatedCreationWithAKeyCreatesOneCard() {
        for (int i = 0; i < 2; i++) {
            learner.asking()
                    .header("Idempotency-Key", "k")
                    .body(LearnerClient.body(deck, topic, "active"))
                    .post("/v1/flashcards")
                    .then()
                    .statusCode(201);
        }

        assertThat(cards.number("select card_count from decks where id = ?", deck))
                .isEqualTo(1);
        assertThat(cards.number("select count(*) from flashcards where deck_id = ?", deck))
                .isEqualTo(1);
    }

    @Test
    void systemCardIsSharedAndReadOnlyAndSeenWhileActive() {
        long card = cards.systemCard(topic, "active");
        String path = "/v1/flashcards/" + card;

        learner.asking()
                .get(path)
                .then()
                .statusCode(200)
                .body("cardType", equalTo("system"))
                .body("deckId", nullValue());
        learner.asking()
                .body(LearnerClient.body(deck, topic, "active"))
                .put(path)
                .then()
                .statusCode(404);
        learner.asking().delete(path).then().statusCode(404);
        cards.setStatus(card, "archived");
        learner.asking().get(path).then().statusCode(404);
    }

    @Test
    void replacedCardHasAnotherTag() {
        long card = learner.card(deck, topic);
        int otherTopic = cards.topic(cards.subject());

        learner.asking()
                .body(Map.of("deckId", deck, "topicId", otherTopic, "status", "archived", "front", "F", "back", "B"))
                .put("/v1/flashcards/" + card)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("topicId", equalTo(otherTopic))
                .body("status", equalTo("archived"))
                .body("front", equalTo("F"));

        learner.asking()
                .header("If-None-Match", "\"2\"")
                .get("/v1/flashcards/" + card)
                .then()
                .statusCode(304);
        learner.asking()
                .header("If-None-Match", "\"1\"")
                .get("/v1/flashcards/" + card)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {"\"1\", 200", "*, 200", "\"2\", 412", "W/\"1\", 412", "x, 400"})
    void replacingComparesTheVersion(String ifMatch, int status) {
        long card = learner.card(deck, topic);

        learner.asking()
                .header("If-Match", ifMatch)
                .body(LearnerClient.body(deck, topic, "suspended"))
                .put("/v1/flashcards/" + card)
                .then()
                .statusCode(status);

        assertThat(cards.all("select status from flashcards where id = ?", card))
                .containsExactly(status == 200 ? "suspended" : "active");
    }

    @Test
    void fullDeckTakesNoMoreCards() {
        long other = learner.deck("Other");
        long card = learner.card(other, topic);
        cards.cardCount(deck, 10_000);

        learner.asking()
                .body(LearnerClient.body(deck, topic, "active"))
                .post("/v1/flashcards")
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tidegate.dev/problems/conflict"));
        learner.asking()
                .body(LearnerClient.body(deck, topic, "active"))
                .put("/v1/flashcards/" + card)
                .then()
                .statusCode(409);

        assertThat(cards.number("select card_count from decks where id = ?", other))
                .isEqualTo(1);
    }

    @Test
    void unknownTopicOrDeckIsNotFound() {
        long card = learner.card(deck, topic);
        for (Map<String, Object> body : List.of(
                LearnerClient.body(deck, Integer.MAX_VALUE, "active"),
                LearnerClient.body(Long.MAX_VALUE, topic, "active"))) {
            learner.asking().body(body).post("/v1/flashcards").then().statusCode(404);
            learner.asking().body(body).put("/v1/flashcards/" + card).then().statusCode(404);
        }
        assertThat(cards.number("select card_count from decks where id = ?", deck))
                .isEqualTo(1);
    }

    @Test
    void cardsOfOthersAreNotFound() {
        long card = learner.card(deck, topic);
        long otherTenant = rows.tenant(UUID.randomUUID().toString());
        LearnerClient neighbour = new LearnerClient(rows.user(tenant, "UTC", 0), tenant);
        for (LearnerClient stranger : List.of(
                neighbour,
                new LearnerClient(rows.user(otherTenant, "UTC", 0), otherTenant),
                new LearnerClient(learner.userId(), otherTenant))) {
            String path = "/v1/flashcards/" + card;
            Map<String, Object> body = LearnerClient.body(deck, topic, "active");
            stranger.asking().get(path).then().statusCode(404);
            stranger.asking().body(body).put(path).then().statusCode(404);
            stranger.asking().body(body).post("/v1/flashcards").then().statusCode(404);
            stranger.asking().delete(path).then().statusCode(404);
            stranger.asking().get("/v1/flashcards").then().statusCode(200).body("items", empty());
            stranger.asking()
                    .queryParam("deck", deck)
                    .get("/v1/flashcards")
                    .then()
                    .body("items", empty());
        }
        long own = neighbour.card(neighbour.deck("Mine"), topic);
        neighbour
                .asking()
                .body(LearnerClient.body(deck, topic, "active"))
                .put("/v1/flashcards/" + own)
                .then()
                .statusCode(404);

        assertThat(cards.number("select card_count from decks where id = ?", deck))
                .isEqualTo(1);
    }

    @Test
    void filtersMayBeCombined() {
        int otherTopic = cards.topic(cards.subject());
        long otherDeck = learner.deck("Other");
        long a = learner.card(deck, topic);
        long b = learner.card(deck, otherTopic);
        long c = learner.card(otherDeck, topic);
        long d = learner.card(otherDeck, otherTopic);
        cards.setStatus(b, "suspended");
        cards.setStatus(c, "archived");
        long system = cards.systemCard(topic, "active");
        cards.systemCard(topic, "archived");

        listed("").body("items.card.id", contains(ids(a, b, c, d)));
        listed("status=active").body("items.card.id", contains(ids(a, d)));
        listed("status=suspended").body("items.card.id", contains(ids(b)));
        listed("topic=" + topic).body("items.card.id", contains(ids(a, c)));
        listed("topic=" + topic + "&status=archived").body("items.card.id", contains(ids(c)));
        listed("deck=" + deck).body("items.card.id", contains(ids(a, b)));
        listed("deck=" + deck + "&status=suspended").body("items.card.id", contains(ids(b)));
        listed("deck=" + otherDeck + "&topic=" + otherTopic).body("items.card.id", contains(ids(d)));
        listed("card_type=user&deck=" + otherDeck + "&topic=" + topic + "&status=active")
                .body("items", empty());
        listed("card_type=system&topic=" + topic).body("items.card.id", contains(ids(system)));
        listed("card_type=system&topic=" + topic + "&status=active").body("items.card.id", contains(ids(system)));
        listed("card_type=system&status=archived").body("items", empty());
        listed("card_type=system&deck=" + deck).body("items", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status=active", "topic", "deck", "deck&topic", "card_type=system&topic"})
    void pagesPartitionTheListInTheOrderOfIds(String filter) {
        var expected = new ArrayList<Long>();
        for (int i = 0; i < 7; i++) {
            long own = learner.card(deck, topic);
            long system = cards.systemCard(topic, "active");
            if (i % 3 == 1 && !filter.contains("status")) {
                cards.setStatus(own, "suspended");
            }
            expected.add(filter.contains("system") ? system : own);
        }
        String query = filter.replace("topic", "topic=" + topic).replace("deck", "deck=" + deck);

        var seen = new ArrayList<Long>();
        String next = "";
        do {
            JsonPath page = listed("limit=3" + (query.isEmpty() ? "" : "&") + query + next)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.card.id", Long.class));
            next = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
        } while (next != null);

        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void cursorOfAnotherFilterIsRefused() {
        learner.card(deck, topic);
        learner.card(deck, topic);
        String cursor = listed("limit=1").extract().jsonPath().getString("next");

        listed("limit=1&cursor=" + cursor).statusCode(200);
        learner.asking()
                .get("/v1/flashcards?limit=1&status=active&cursor=" + cursor)
                .then()
                .statusCode(400);
    }

    @Test
    void listTellsWhatTheLearnerRemembers() {
        long reviewed = learner.card(deck, topic);
        learner.card(deck, topic);
        cards.review(learner.userId(), reviewed, NOON.plusSeconds(60));

        listed("")
                .body("items[0].review.dueAt", equalTo("2026-03-10T12:01:00Z"))
                .body("items[0].review.phase", equalTo("review"))
                .body("items[0].review.stability", equalTo(5.0f))
                .body("items[1].review", nullValue());
        cards.setStatus(reviewed, "suspended");
        listed("status=suspended")
                .body("items[0].review.dueAt", nullValue())
                .body("items[0].review.repetitions", equalTo(1));
    }

    @Test
    void dueCardsComeTheLongestDueFirstAndAreCounted() {
        long first = learner.card(deck, topic);
        long second = cards.systemCard(topic, "active");
        long third = learner.card(deck, topic);
        long later = learner.card(deck, topic);
        cards.review(learner.userId(), third, NOON);
        cards.review(learner.userId(), second, NOON.minusSeconds(5));
        cards.review(learner.userId(), first, NOON.minusSeconds(9));
        cards.review(learner.userId(), later, NOON.plusSeconds(1));

        learner.asking()
                .get("/v1/flashcards/due")
                .then()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache")
                .body("items.card.id", contains(ids(first, second, third)))
                .body("items[0].review.dueAt", equalTo("2026-03-10T11:59:51Z"))
                .body("dueCount", equalTo(3))
                .body("next", nullValue());
    }

    @Test
    void pagesOfDueCardsPartitionTheListAlsoIfTheyFellDueTogether() {
        var expected = new ArrayList<Long>();
        for (int i = 0; i < 7; i++) {
            long card = learner.card(deck, topic);
            cards.review(learner.userId(), card, NOON.minusSeconds(i < 5 ? 60 : 30));
            expected.add(card);
        }
        var seen = new ArrayList<Long>();
        String next = "";
        do {
            JsonPath page = learner.asking()
                    .get("/v1/flashcards/due?limit=2" + next)
                    .then()
                    .statusCode(200)
                    .body("dueCount", equalTo(7))
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.card.id", Long.class));
            next = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
        } while (next != null);

        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void cardThatIsNotActiveIsNotDueUntilItIsAgain() {
        long own = learner.card(deck, topic);
        long system = cards.systemCard(topic, "active");
        cards.review(learner.userId(), own, NOON.minusSeconds(2));
        cards.review(learner.userId(), system, NOON.minusSeconds(1));
        cards.setStatus(system, "archived");
        learner.asking()
                .body(LearnerClient.body(deck, topic, "suspended"))
                .put("/v1/flashcards/" + own)
                .then()
                .statusCode(200);

        learner.asking().get("/v1/flashcards/due").then().body("items", empty()).body("dueCount", equalTo(0));
        cards.setStatus(system, "active");
        learner.asking()
                .body(LearnerClient.body(deck, topic, "archived"))
                .put("/v1/flashcards/" + own)
                .then()
                .statusCode(200);
        learner.asking().get("/v1/flashcards/due").then().body("items.card.id", contains(ids(system)));
        learner.asking()
                .body(LearnerClient.body(deck, topic, "active"))
                .put("/v1/flashcards/" + own)
                .then()
                .statusCode(200);

        learner.asking().get("/v1/flashcards/due").then().body("items.card.id", contains(ids(own, system)));
    }

    @Test
    void movedCardIsDueInItsNewDeck() {
        long other = learner.deck("Other");
        long card = learner.card(deck, topic);
        cards.review(learner.userId(), card, NOON);

        learner.asking()
                .body(LearnerClient.body(other, topic, "active"))
                .put("/v1/flashcards/" + card)
                .then()
                .statusCode(200);

        learner.asking()
                .get("/v1/decks")
                .then()
                .body("items.deck.title", contains("Other", "Exam"))
                .body("items.dueCount", contains(1, 0));
    }

    @Test
    void learnerWithoutCardsHasNothingDueAndAForeignTenantNobody() {
        learner.asking().get("/v1/flashcards/due").then().statusCode(200).body("items", hasSize(0));
        new LearnerClient(learner.userId(), rows.tenant(UUID.randomUUID().toString()))
                .asking()
                .get("/v1/flashcards/due")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "card_type=own",
                "card_type=USER",
                "status=done",
                "topic=0",
                "topic=2147483648",
                "topic=x",
                "deck=0",
                "deck=9223372036854775808",
                "limit=0",
                "limit=101",
                "cursor=x"
            })
    void parametersOutsideTheirBoundsAreRefused(String query) {
        learner.asking()
                .get("/v1/flashcards?" + query)
                .then()
                .statusCode(400)
                .body("type", endsWith("/invalid-request"));
    }

    @ParameterizedTest
    @CsvSource({
        "deckId, null",
        "deckId, 0",
        "deckId, 1.5",
        "deckId, 9223372036854775808",
        "topicId, null",
        "topicId, 2147483648",
        "status, null",
        "status, gone",
        "status, 0",
        "front, null",
        "front, ' '",
        "back, null",
        "cardType, system",
        "front, LONG",
        "back, LONG"
    })
    void bodiesOutsideTheirBoundsAreRefused(String field, String value) {
        var body = new HashMap<String, Object>(LearnerClient.body(deck, topic, "active"));
        body.put(field, value.equals("null") ? null : value.equals("LONG") ? "x".repeat(8001) : number(value));

        learner.asking().body(body).post("/v1/flashcards").then().statusCode(400);
        learner.asking().body(body).put("/v1/flashcards/1").then().statusCode(400);
    }

    private static Object number(String value) {
        return value.matches("[0-9.]+") ? new BigDecimal(value) : value;
    }

    private ValidatableResponse listed(String query) {
        return learner.asking()
                .get(query.isEmpty() ? "/v1/flashcards" : "/v1/flashcards?" + query)
                .then()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache");
    }

    private static Integer[] ids(long... ids) {
        return Arrays.stream(ids).mapToObj(id -> (int) id).toArray(Integer[]::new);
    }
}
