package dev.tidegate.api.flashcard;

import dev.tidegate.api.http.Versioned;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one card, and the cards to review now. */
final class CardQueries {

    private final ReactiveSql sql;

    CardQueries(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql FIND = Sql.of("CardQueries.find", """
            select id, card_type, topic_id, deck_id, status, front, back, created_at, version
            from flashcards
            where id = $1
              and (user_id = $2 and tenant_id = $3 or card_type = 'system' and status = 'active')
            """);

    /** A card that the learner can see: an own one or an active system card. */
    Uni<Optional<Versioned<Flashcard>>> find(Learner learner, long id) {
        return sql.one(
                FIND,
                row -> new Versioned<>(Flashcard.of(row), row.get("version", Integer.class)),
                id,
                learner.userId(),
                learner.tenantId());
    }

    private static final Sql DUE = Sql.of("CardQueries.due", """
            with learner as (
                select id
                from users
                where id = $1
                  and tenant_id = $2
            ),
            page as (
                -- Cards that are not active are never due, so nothing is skipped here.
                select due.*
                from learner
                cross join lateral (
                    select r.flashcard_id, r.due_at
                    from reviews r
                    where r.user_id = learner.id
                      and r.due_at <= $3
                      and (r.due_at, r.flashcard_id) > ($4, $5)
                    order by r.due_at, r.flashcard_id
                    limit $6
                ) due
            )
            select bounded.due_count, f.*, r.*
            from learner
            cross join lateral (
                select count(*)::int as due_count
                from (
                    select 1
                    from reviews r
                    where r.user_id = learner.id
                      and r.due_at <= $3
                    order by r.due_at
                    limit 1000
                ) counted
            ) bounded
            -- The count is there even if no card is.
            left join page on true
            left join lateral (
                select id, card_type, topic_id, deck_id, status, front, back, created_at
                from flashcards
                where id = page.flashcard_id
                limit 1
            ) f on true
            left join lateral (
                select page.due_at,
                       stability::float8 as stability,
                       difficulty::float8 as difficulty,
                       repetitions,
                       lapses,
                       coalesce(last_reviewed_at, page.due_at) as last_reviewed_at,
                       learning_step
                from reviews
                where user_id = learner.id
                  and flashcard_id = page.flashcard_id
                limit 1
            ) r on true
            order by page.due_at, page.flashcard_id
            """);

    /** What a statement knows of a learner's due cards. */
    record Due(int count, List<StudyCard> cards) {}

    /**
     * A page of the active cards that are due, the longest due first, and their number up to 1,000.
     *
     * @return empty if the tenant has no such user
     */
    Uni<Optional<Due>> due(Learner learner, Instant now, Instant afterDueAt, long afterId, int limit) {
        return sql.list(DUE, CardQueries::due, learner.userId(), learner.tenantId(), now, afterDueAt, afterId, limit)
                .map(rows -> rows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Due(
                                rows.getFirst().count(),
                                rows.stream()
                                        .flatMap(row -> Optional.ofNullable(row.card()).stream())
                                        .toList())));
    }

    private record DueRow(int count, @Nullable StudyCard card) {}

    private static DueRow due(Row row) {
        return new DueRow(
                row.get("due_count", Integer.class), row.find("id", Long.class) == null ? null : StudyCard.of(row));
    }
}
