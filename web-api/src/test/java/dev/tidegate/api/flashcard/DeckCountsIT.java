package dev.tidegate.api.flashcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.api.testing.CardRows;
import dev.tidegate.api.testing.LearnerClient;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law: whatever is done to cards, and by how many at once, the counts are those of counting anew. */
@QuarkusTest
@WithTestResource(Servers.class)
class DeckCountsIT {

    private static final String WRONG_DECKS = """
            select d.id from decks d
            where d.user_id = ?
              and card_count <> (select count(*) from flashcards f where f.deck_id = d.id)""";

    private static final String WRONG_SUBJECTS = """
            select coalesce(s.deck_id, f.deck_id)
            from (
                select deck_id, subject_id, card_count from deck_subjects
                where card_count > 0 and deck_id in (select id from decks where user_id = ?)
            ) s
            full join (
                select f.deck_id, t.subject_id, count(*) as cards
                from flashcards f join topics t on t.id = f.topic_id
                where f.user_id = ?
                group by 1, 2
            ) f using (deck_id, subject_id)
            where s.card_count is distinct from f.cards""";

    private static final String WRONG_REVIEWS = """
            select r.flashcard_id from reviews r join flashcards f on f.id = r.flashcard_id
            where r.user_id = ?
              and (r.deck_id <> f.deck_id or (f.status = 'active') <> (r.due_at < 'infinity'))""";

    private final Rows rows = new Rows();
    private final CardRows cards = new CardRows();

    private LearnerClient learner;
    private int[] topics;

    @BeforeEach
    void learner() {
        long tenant = rows.tenant(UUID.randomUUID().toString());
        learner = new LearnerClient(rows.user(tenant, "UTC", 0), tenant);
        int physics = cards.subject();
        int chemistry = cards.subject();
        topics = new int[] {cards.topic(physics), cards.topic(physics), cards.topic(chemistry)};
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void operationsOneAfterTheOtherKeepTheCounts(long seed) {
        var run = new Run(new Random(seed), 3, true);
        for (int i = 0; i < 60; i++) {
            run.step();
        }

        assertCounted();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void operationsAtTheSameTimeKeepTheCounts(long seed) {
        // One deck may vanish under the others' hands: half of the decks stay.
        var run = new Run(new Random(seed), 4, false);
        for (int i = 0; i < 12; i++) {
            run.create();
        }

        List<Integer> statuses =
                IntStream.range(0, 160).parallel().mapToObj(i -> run.step()).toList();

        assertThat(statuses).allMatch(status -> status < 300 || status == 404 || status == 409);
        assertThat(statuses).filteredOn(status -> status < 300).hasSizeGreaterThan(40);
        assertCounted();
    }

    @Test
    void cardRemovedTwiceAtTheSameTimeIsCountedOnce() {
        long deck = learner.deck("Exam");
        learner.card(deck, topics[0]);
        for (int i = 0; i < 5; i++) {
            long card = learner.card(deck, topics[0]);

            List<Integer> statuses = IntStream.range(0, 4)
                    .parallel()
                    .mapToObj(any ->
                            learner.asking().delete("/v1/flashcards/" + card).statusCode())
                    .toList();

            assertThat(statuses).containsOnlyOnce(204).allMatch(status -> status == 204 || status == 404);
        }
        assertThat(cards.number("select card_count from decks where id = ?", deck))
                .isEqualTo(1);
        assertCounted();
    }

    private void assertCounted() {
        assertThat(cards.all(WRONG_DECKS, learner.userId())).isEmpty();
        assertThat(cards.all(WRONG_SUBJECTS, learner.userId(), learner.userId()))
                .isEmpty();
        assertThat(cards.all(WRONG_REVIEWS, learner.userId())).isEmpty();
    }

    /** Random operations on a learner's decks and cards. */
    private final class Run {

        private static final List<String> STATUSES = List.of("active", "suspended", "archived");

        private final Random random;
        private final boolean removesDecks;
        private final List<Long> decks = Collections.synchronizedList(new ArrayList<>());
        private final List<Long> known = Collections.synchronizedList(new ArrayList<>());

        Run(Random random, int decks, boolean removesDecks) {
            this.random = random;
            this.removesDecks = removesDecks;
            for (int i = 0; i < decks; i++) {
                this.decks.add(learner.deck("Deck " + i));
            }
            create();
        }

        int step() {
            return switch (random.nextInt(10)) {
                case 0, 1, 2 -> create();
                case 3, 4, 5, 6 ->
                    learner.asking()
                            .body(LearnerClient.body(any(decks), topics[random.nextInt(topics.length)], any(STATUSES)))
                            .put("/v1/flashcards/" + any(known))
                            .statusCode();
                case 7 ->
                    learner.asking().delete("/v1/flashcards/" + any(known)).statusCode();
                case 8 ->
                    learner.asking()
                            .body("{\"rating\": \"easy\"}")
                            .post("/v1/flashcards/" + any(known) + "/reviews")
                            .statusCode();
                default -> removesDecks || random.nextInt(4) == 0 ? replaceDeck() : create();
            };
        }

        int create() {
            var answer = learner.asking()
                    .body(LearnerClient.body(any(decks), topics[random.nextInt(topics.length)], "active"))
                    .post("/v1/flashcards");
            if (answer.statusCode() == 201) {
                known.add(answer.jsonPath().getLong("id"));
            }
            return answer.statusCode();
        }

        private int replaceDeck() {
            long removed = any(decks);
            decks.add(learner.deck("Another"));
            decks.remove(removed);
            return learner.asking().delete("/v1/decks/" + removed).statusCode();
        }

        private <T> T any(List<T> values) {
            synchronized (values) {
                return values.get(random.nextInt(values.size()));
            }
        }
    }
}
