package dev.tidegate.api.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.api.testing.CardRows;
import dev.tidegate.api.testing.LearnerClient;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class ReviewsIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();
    private final CardRows cards = new CardRows();

    @Inject
    VirtualClock clock;

    private long tenant;
    private LearnerClient learner;
    private int topic;
    private long card;

    @BeforeEach
    void card() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        learner = new LearnerClient(rows.user(tenant, "Asia/Kathmandu", 4), tenant);
        topic = cards.topic(cards.subject());
        card = learner.card(learner.deck("Exam"), topic);
    }

    @Test
    void firstReviewStartsACard() {
        reviewed(card, "good")
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("phase", equalTo("learning"))
                .body("dueAt", equalTo("2026-03-10T12:10:00Z"))
                .body("stability", closeTo(2.3065, 1e-6))
                .body("difficulty", closeTo(2.11810397, 1e-6))
                .body("repetitions", equalTo(1))
                .body("lapses", equalTo(0))
                .body("lastReviewedAt", equalTo("2026-03-10T12:00:00Z"));

        assertThat(cards.all(
                        "select deck_id = (select deck_id from flashcards where id = flashcard_id) from reviews where user_id = ?",
                        learner.userId()))
                .containsExactly("t");
    }

    @Test
    void reviewsInTimeAreDatedAsTheReferenceDoes() {
        for (int days : new int[] {0, 2, 11, 46, 163}) {
            Instant due = Instant.parse(
                    reviewed(card, "good").statusCode(200).extract().path("dueAt"));
            assertThat(Duration.between(clock.instant(), due).toDays()).isEqualTo(days);
            clock.set(due);
        }
        reviewed(card, "again").body("phase", equalTo("relearning")).body("lapses", equalTo(1));
        reviewed(card, "good")
                .body("phase", equalTo("review"))
                .body("lapses", equalTo(1))
                .body("repetitions", equalTo(7));
    }

    @Test
    void systemCardHasAStatePerLearner() {
        long system = cards.systemCard(topic, "active");
        LearnerClient other = new LearnerClient(rows.user(tenant, "UTC", 0), tenant);

        reviewed(system, "easy").statusCode(200).body("phase", equalTo("review"));
        other.asking()
                .body(Map.of("rating", "again"))
                .post("/v1/flashcards/" + system + "/reviews")
                .then()
                .statusCode(200)
                .body("repetitions", equalTo(1));

        assertThat(cards.number("select count(*) from reviews where flashcard_id = ? and deck_id is null", system))
                .isEqualTo(2);
    }

    @Test
    void repeatedReviewWithAKeyCountsOnce() {
        for (int i = 0; i < 3; i++) {
            reviewing()
                    .header("Idempotency-Key", "first")
                    .body(Map.of("rating", "good"))
                    .post("/v1/flashcards/" + card + "/reviews")
                    .then()
                    .statusCode(200)
                    .body("repetitions", equalTo(1))
                    .body("stability", closeTo(2.3065, 1e-6));
        }
        clock.advance(Duration.ofDays(1));
        reviewing()
                .header("Idempotency-Key", "second")
                .body(Map.of("rating", "good"))
                .post("/v1/flashcards/" + card + "/reviews")
                .then()
                .statusCode(200)
                .body("repetitions", equalTo(2));
        reviewing()
                .header("Idempotency-Key", "second")
                .body(Map.of("rating", "easy"))
                .post("/v1/flashcards/" + card + "/reviews")
                .then()
                .statusCode(422);
    }

    @Test
    void studyDayIsTheLearnersOwn() {
        // 2026-03-11 03:30 in Kathmandu: still the day before for a learner whose day begins at 4.
        clock.set(Instant.parse("2026-03-10T21:45:00Z"));
        reviewed(card, "good").statusCode(200);
        reviewed(card, "good").statusCode(200);
        clock.advance(Duration.ofMinutes(30));
        reviewed(card, "good").statusCode(200);

        assertThat(cards.all(
                        "select study_date || ' ' || activities from study_days where user_id = ? order by 1",
                        learner.userId()))
                .containsExactly("2026-03-10 2", "2026-03-11 1");
        assertThat(cards.all(
                        "select to_char(last_active_at at time zone 'UTC', 'HH24:MI') from users where id = ?",
                        learner.userId()))
                .containsExactly("22:15");
    }

    @Test
    void reviewsAtTheSameTimeAllCount() {
        List<Integer> statuses = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> reviewed(card, "good").extract().statusCode())
                .toList();

        long counted = statuses.stream().filter(status -> status == 200).count();
        assertThat(statuses).containsAnyOf(200).allMatch(status -> status == 200 || status == 409);
        assertThat(cards.number("select repetitions from reviews where flashcard_id = ?", card))
                .isEqualTo(counted);
        assertThat(cards.number("select activities from study_days where user_id = ?", learner.userId()))
                .isEqualTo(counted);
    }

    @Test
    void cardThatIsNotActiveIsNotReviewed() {
        reviewed(card, "good").statusCode(200);
        cards.setStatus(card, "suspended");

        reviewed(card, "good").statusCode(409).body("type", equalTo("https://tidegate.dev/problems/conflict"));
        cards.setStatus(card, "active");

        reviewed(card, "good").statusCode(200).body("repetitions", equalTo(2));
    }

    @Test
    void cardsOfOthersAreNotFound() {
        long otherTenant = rows.tenant(UUID.randomUUID().toString());
        long system = cards.systemCard(topic, "active");
        long archived = cards.systemCard(topic, "archived");
        for (LearnerClient stranger : List.of(
                new LearnerClient(rows.user(tenant, "UTC", 0), tenant),
                new LearnerClient(rows.user(otherTenant, "UTC", 0), otherTenant),
                new LearnerClient(learner.userId(), otherTenant))) {
            stranger.asking()
                    .body(Map.of("rating", "good"))
                    .post("/v1/flashcards/" + card + "/reviews")
                    .then()
                    .statusCode(404);
        }
        new LearnerClient(learner.userId(), otherTenant)
                .asking()
                .body(Map.of("rating", "good"))
                .post("/v1/flashcards/" + system + "/reviews")
                .then()
                .statusCode(404);
        reviewed(archived, "good").statusCode(404);
        reviewed(Long.MAX_VALUE, "good").statusCode(404);
        assertThat(cards.number("select count(*) from reviews where user_id = ?", learner.userId()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"rating\": null}",
                "{\"rating\": 3}",
                "{\"rating\": \"GOOD\"}",
                "{\"rating\": \"ok\"}",
                ""
            })
    void otherRatingsAreRefused(String body) {
        learner.asking()
                .body(body)
                .post("/v1/flashcards/" + card + "/reviews")
                .then()
                .statusCode(400);
    }

    private ValidatableResponse reviewed(long id, String rating) {
        return reviewing()
                .body(Map.of("rating", rating))
                .post("/v1/flashcards/" + id + "/reviews")
                .then();
    }

    private RequestSpecification reviewing() {
        return learner.asking()
                .config(RestAssuredConfig.config()
                        .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE)));
    }
}
