package dev.tidegate.api.flashcard;

import dev.tidegate.api.http.IfMatch;
import dev.tidegate.api.http.Versioned;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes a learner's own cards. The same statement keeps the counts of their decks.
 *
 * <p>Decks are locked first, in the order of their ids, and cards after them, as removing a deck does: so nothing
 * deadlocks, and counts change one after the other. A card's deck must be known before it can be locked; if the card
 * has moved or gone until then, nothing is written and the statement is run again.
 */
final class CardWrites {

    private static final int REPETITIONS = 5;

    private final ReactiveSql sql;

    CardWrites(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql CREATE = Sql.of("CardWrites.create", """
            with topic as (
                select id, subject_id
                from topics
                where id = $4
            ),
            deck as (
                -- Counting is also taking the deck's lock.
                update decks d
                set card_count = d.card_count + 1,
                    version = d.version + 1
                from topic
                where d.id = $1
                  and d.user_id = $2
                  and d.tenant_id = $3
                  and d.card_count < 10000
                returning d.id, d.user_id, d.tenant_id
            ),
            subject as (
                insert into deck_subjects (deck_id, subject_id, card_count)
                select deck.id, topic.subject_id, 1
                from deck
                cross join topic
                on conflict (deck_id, subject_id) do update
                set card_count = deck_subjects.card_count + 1
            ),
            card as (
                insert into flashcards (card_type, topic_id, user_id, tenant_id, deck_id, status, front, back, created_at)
                select 'user', topic.id, deck.user_id, deck.tenant_id, deck.id, $5::text, $6::text, $7::text,
                       $8::timestamptz
                from deck
                cross join topic
                returning id, card_type, topic_id, deck_id, status, front, back, created_at
            )
            select topic.id is not null as has_topic, card.*
            from decks d
            left join topic on true
            left join card on true
            where d.id = $1
              and d.user_id = $2
              and d.tenant_id = $3
            """);

    /** Adds a card to a learner's own deck. */
    Uni<Flashcard> create(Learner learner, CardBody body, Instant now) {
        return sql.one(
                        CREATE,
                        CardWrites::created,
                        body.deckId(),
                        learner.userId(),
                        learner.tenantId(),
                        body.topicId(),
                        body.status().stored(),
                        body.front(),
                        body.back(),
                        now)
                .map(found -> found.orElseThrow(() -> Problem.notFound("The deck")));
    }

    private static Flashcard created(Row row) {
        if (!row.get("has_topic", Boolean.class)) {
            throw Problem.notFound("The topic");
        }
        if (row.find("id", Long.class) == null) {
            throw full();
        }
        return Flashcard.of(row);
    }

    private static final Sql REPLACE = Sql.of("CardWrites.replace", """
            with before as (
                select f.deck_id, f.topic_id, t.subject_id, f.version
                from flashcards f
                join topics t on t.id = f.topic_id
                where f.id = $1
                  and f.user_id = $2
                  and f.tenant_id = $3
            ),
            topic as (
                select id, subject_id
                from topics
                where id = $5
            ),
            locked as (
                select d.id, d.card_count
                from decks d
                where d.user_id = $2
                  and d.tenant_id = $3
                  and d.id in (select deck_id from before union all select $4::bigint)
                order by d.id
                for no key update of d
            ),
            deck as (
                -- An aggregate, so that both decks are locked before the first card is.
                select max(id) filter (where id = $4::bigint) as id,
                       max(card_count) filter (where id = $4::bigint) as card_count
                from locked
            ),
            card as (
                update flashcards f
                set deck_id = deck.id,
                    topic_id = topic.id,
                    status = $6::text,
                    front = $7::text,
                    back = $8::text,
                    version = f.version + 1
                from deck, topic, before
                where f.id = $1
                  and f.deck_id = before.deck_id
                  and f.topic_id = before.topic_id
                  and f.version between $9::int and $10::int
                  and deck.id is not null
                  and (deck.id = before.deck_id or deck.card_count < 10000)
                returning f.id, f.card_type, f.topic_id, f.deck_id, f.status, f.front, f.back, f.created_at, f.version
            ),
            moved as (
                select before.deck_id as from_deck, before.subject_id as from_subject,
                       card.deck_id as to_deck, topic.subject_id as to_subject
                from card, topic, before
                where (before.deck_id, before.subject_id) <> (card.deck_id, topic.subject_id)
            ),
            counted as (
                update decks d
                set card_count = d.card_count + case when d.id = moved.to_deck then 1 else -1 end,
                    version = d.version + 1
                from moved
                where moved.from_deck <> moved.to_deck
                  and d.id in (moved.from_deck, moved.to_deck)
            ),
            taken as (
                update deck_subjects s
                set card_count = s.card_count - 1
                from moved
                where s.deck_id = moved.from_deck
                  and s.subject_id = moved.from_subject
            ),
            given as (
                insert into deck_subjects (deck_id, subject_id, card_count)
                select to_deck, to_subject, 1
                from moved
                on conflict (deck_id, subject_id) do update
                set card_count = deck_subjects.card_count + 1
            )
            select topic.id is not null as has_topic,
                   deck.id is not null as has_deck,
                   before.version between $9::int and $10::int as is_version,
                   deck.id = before.deck_id or deck.card_count < 10000 as has_room,
                   card.*
            from before
            cross join deck
            left join topic on true
            left join card on true
            """);

    /** Replaces a learner's own card, and moves it if its deck is another one. */
    Uni<Versioned<Flashcard>> replace(Learner learner, long id, CardBody body, IfMatch versions) {
        return again(sql.one(
                        REPLACE,
                        CardWrites::replaced,
                        id,
                        learner.userId(),
                        learner.tenantId(),
                        body.deckId(),
                        body.topicId(),
                        body.status().stored(),
                        body.front(),
                        body.back(),
                        versions.from(),
                        versions.to())
                .map(found -> found.orElseThrow(() -> Problem.notFound("The card"))));
    }

    private static Versioned<Flashcard> replaced(Row row) {
        if (row.find("id", Long.class) != null) {
            return new Versioned<>(Flashcard.of(row), row.get("version", Integer.class));
        }
        if (!row.get("has_deck", Boolean.class)) {
            throw Problem.notFound("The deck");
        }
        if (!row.get("has_topic", Boolean.class)) {
            throw Problem.notFound("The topic");
        }
        if (!row.get("is_version", Boolean.class)) {
            throw Problem.preconditionFailed();
        }
        throw row.get("has_room", Boolean.class) ? new Overtaken() : full();
    }

    private static final Sql REMOVE = Sql.of("CardWrites.remove", """
            with before as (
                select f.deck_id, f.topic_id, t.subject_id
                from flashcards f
                join topics t on t.id = f.topic_id
                where f.id = $1
                  and f.user_id = $2
                  and f.tenant_id = $3
            ),
            deck as (
                select d.id
                from decks d
                where d.id = (select deck_id from before)
                for no key update of d
            ),
            card as (
                delete from flashcards f
                using deck, before
                where f.id = $1
                  and f.deck_id = before.deck_id
                  and f.topic_id = before.topic_id
                returning f.deck_id
            ),
            counted as (
                update decks d
                set card_count = d.card_count - 1,
                    version = d.version + 1
                from card
                where d.id = card.deck_id
            ),
            taken as (
                update deck_subjects s
                set card_count = s.card_count - 1
                from card, before
                where s.deck_id = card.deck_id
                  and s.subject_id = before.subject_id
            )
            select exists (select from card) as removed
            from before
            """);

    /** Removes a learner's own card with its review; false if there is none. */
    Uni<Boolean> remove(Learner learner, long id) {
        return again(sql.one(REMOVE, CardWrites::removed, id, learner.userId(), learner.tenantId())
                .map(Optional::isPresent));
    }

    private static boolean removed(Row row) {
        if (!row.get("removed", Boolean.class)) {
            throw new Overtaken();
        }
        return true;
    }

    /** Each repetition sees what the statement before it lost to. */
    private static <T> Uni<T> again(Uni<T> write) {
        return write.onFailure(Overtaken.class)
                .retry()
                .atMost(REPETITIONS)
                .onFailure(Overtaken.class)
                .transform(overtaken -> Problem.conflict("The card is being changed by other requests."));
    }

    private static Problem full() {
        return Problem.conflict("A deck may have at most 10,000 cards.");
    }

    /** Another request moved or removed the card between this statement's reading and its locking. */
    private static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Overtaken() {
            super(null, null, false, false);
        }
    }
}
