package dev.tidegate.api.flashcard;

import dev.tidegate.api.learner.Learner;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of cards in the order of their ids. Each combination of filters is a statement of its own with an index of its
 * own; the ids of a page are found in the index, and only the cards of the page are read.
 */
final class CardPages {

    private final ReactiveSql sql;

    CardPages(ReactiveSql sql) {
        this.sql = sql;
    }

    /** A page of the cards that a filter lets through, with ids above {@code after}. */
    Uni<List<StudyCard>> page(CardFilter filter, Learner learner, long after, int limit) {
        if (filter.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        @Nullable Integer topic = filter.topic();
        @Nullable Long deck = filter.deck();
        if (filter.cardType() == CardType.SYSTEM) {
            return topic == null ? system(learner, after, limit) : systemOfTopic(learner, after, limit, topic);
        }
        String[] statuses = filter.statuses();
        if (deck == null) {
            return topic == null
                    ? own(learner, after, limit, statuses)
                    : ownOfTopic(learner, after, limit, statuses, topic);
        }
        return topic == null
                ? ofDeck(learner, after, limit, statuses, deck)
                : ofDeckAndTopic(learner, after, limit, statuses, deck, topic);
    }

    /** The token's user in its tenant, without whom there is nothing to see. */
    private static final String LEARNER = """
            with learner as (
                select id
                from users
                where id = $1
                  and tenant_id = $2
            ),
            """;

    /** The cards of the page and what the learner remembers of them. The limits keep a plan from joining more. */
    private static final String WITH_REVIEWS = """
            select f.*, r.*
            from page
            cross join lateral (
                select id, card_type, topic_id, deck_id, status, front, back, created_at
                from flashcards
                where id = page.id
                limit 1
            ) f
            left join lateral (
                select nullif(reviews.due_at, 'infinity') as due_at,
                       stability::float8 as stability,
                       difficulty::float8 as difficulty,
                       repetitions,
                       lapses,
                       coalesce(last_reviewed_at, reviews.due_at) as last_reviewed_at,
                       learning_step
                from reviews
                where user_id = $1
                  and flashcard_id = page.id
                limit 1
            ) r on true
            order by page.id
            """;

    private static final Sql SYSTEM = Sql.of("CardPages.system", LEARNER + """
            page as (
                select card.id
                from learner
                cross join lateral (
                    select id
                    from flashcards
                    where card_type = 'system'
                      and status = 'active'
                      and id > $3
                    order by id
                    limit $4
                ) card
            )
            """ + WITH_REVIEWS);

    private Uni<List<StudyCard>> system(Learner learner, long after, int limit) {
        return sql.list(SYSTEM, StudyCard::of, learner.userId(), learner.tenantId(), after, limit);
    }

    private static final Sql SYSTEM_OF_TOPIC = Sql.of("CardPages.systemOfTopic", LEARNER + """
            page as (
                select card.id
                from learner
                cross join lateral (
                    select id
                    from flashcards
                    where card_type = 'system'
                      and status = 'active'
                      and topic_id = $5
                      and id > $3
                    order by id
                    limit $4
                ) card
            )
            """ + WITH_REVIEWS);

    private Uni<List<StudyCard>> systemOfTopic(Learner learner, long after, int limit, int topic) {
        return sql.list(SYSTEM_OF_TOPIC, StudyCard::of, learner.userId(), learner.tenantId(), after, limit, topic);
    }

    private static final Sql OWN = Sql.of("CardPages.own", LEARNER + """
            page as (
                select card.id
                from learner
                cross join unnest($5::text[]) as wanted (status)
                cross join lateral (
                    select f.id
                    from flashcards f
                    where f.user_id = learner.id
                      and f.status = wanted.status
                      and f.id > $3
                    order by f.id
                    limit $4
                ) card
                order by card.id
                limit $4
            )
            """ + WITH_REVIEWS);

    private Uni<List<StudyCard>> own(Learner learner, long after, int limit, String[] statuses) {
        return sql.list(OWN, StudyCard::of, learner.userId(), learner.tenantId(), after, limit, statuses);
    }

    private static final Sql OWN_OF_TOPIC = Sql.of("CardPages.ownOfTopic", LEARNER + """
            page as (
                select card.id
                from learner
                cross join unnest($5::text[]) as wanted (status)
                cross join lateral (
                    select f.id
                    from flashcards f
                    where f.user_id = learner.id
                      and f.topic_id = $6
                      and f.status = wanted.status
                      and f.id > $3
                    order by f.id
                    limit $4
                ) card
                order by card.id
                limit $4
            )
            """ + WITH_REVIEWS);

    private Uni<List<StudyCard>> ownOfTopic(Learner learner, long after, int limit, String[] statuses, int topic) {
        return sql.list(
                OWN_OF_TOPIC, StudyCard::of, learner.userId(), learner.tenantId(), after, limit, statuses, topic);
    }

    private static final Sql OF_DECK = Sql.of("CardPages.ofDeck", """
            with deck as (
                select id
                from decks
                where id = $6
                  and user_id = $1
                  and tenant_id = $2
            ),
            page as (
                select card.id
                from deck
                cross join unnest($5::text[]) as wanted (status)
                cross join lateral (
                    select f.id
                    from flashcards f
                    where f.deck_id = deck.id
                      and f.status = wanted.status
                      and f.id > $3
                    order by f.id
                    limit $4
                ) card
                order by card.id
                limit $4
            )
            """ + WITH_REVIEWS);

    private Uni<List<StudyCard>> ofDeck(Learner learner, long after, int limit, String[] statuses, long deck) {
        return sql.list(OF_DECK, StudyCard::of, learner.userId(), learner.tenantId(), after, limit, statuses, deck);
    }

    private static final Sql OF_DECK_AND_TOPIC = Sql.of("CardPages.ofDeckAndTopic", """
            with deck as (
                select id
                from decks
                where id = $6
                  and user_id = $1
                  and tenant_id = $2
            ),
            page as (
                select card.id
                from deck
                cross join unnest($5::text[]) as wanted (status)
                cross join lateral (
                    -- The topic is a filter within the index: a deck is bounded, and narrow there.
                    select f.id
                    from flashcards f
                    where f.deck_id = deck.id
                      and f.status = wanted.status
                      and f.topic_id = $7
                      and f.id > $3
                    order by f.id
                    limit $4
                ) card
                order by card.id
                limit $4
            )
            """ + WITH_REVIEWS);

    private Uni<List<StudyCard>> ofDeckAndTopic(
            Learner learner, long after, int limit, String[] statuses, long deck, int topic) {
        return sql.list(
                OF_DECK_AND_TOPIC,
                StudyCard::of,
                learner.userId(),
                learner.tenantId(),
                after,
                limit,
                statuses,
                deck,
                topic);
    }
}
