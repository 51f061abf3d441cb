package dev.tidegate.api.deck;

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

/** Reads decks. */
final class DeckQueries {

    private final ReactiveSql sql;

    DeckQueries(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql PAGE = Sql.of("DeckQueries.page", """
            with page as (
                select id, title, card_count, created_at
                from decks
                where user_id = $1
                  and tenant_id = $2
                  and id < $3
                order by id desc
                limit $4
            )
            select page.*, due.cards as due_count
            from page
            cross join lateral (
                -- From the index alone, and no further than the bound however long the learner has been away.
                select count(*)::int as cards
                from (
                    select 1
                    from reviews r
                    where r.deck_id = page.id
                      and r.due_at <= $5
                    order by r.due_at
                    limit 100
                ) bounded
            ) due
            order by page.id desc
            """);

    /** A learner's decks with their statistics, the newest first. */
    Uni<List<DeckOverview>> page(Learner learner, long before, int limit, Instant now) {
        return sql.list(PAGE, DeckOverview::of, learner.userId(), learner.tenantId(), before, limit, now);
    }

    private static final Sql FIND = Sql.of("DeckQueries.find", """
            select id, title, card_count, created_at, version
            from decks
            where id = $1
              and user_id = $2
              and tenant_id = $3
            """);

    /** A learner's own deck. */
    Uni<Optional<Versioned<Deck>>> find(Learner learner, long id) {
        return sql.one(
                FIND,
                row -> new Versioned<>(Deck.of(row), row.get("version", Integer.class)),
                id,
                learner.userId(),
                learner.tenantId());
    }

    private static final Sql SUBJECTS = Sql.of("DeckQueries.subjects", """
            select s.id as subject_id, s.name, d.card_count
            from decks
            left join deck_subjects d
                on d.deck_id = decks.id
               and d.card_count > 0
            left join subjects s on s.id = d.subject_id
            where decks.id = $1
              and decks.user_id = $2
              and decks.tenant_id = $3
            order by d.subject_id
            """);

    /** The subjects of a learner's own deck; empty if there is no such deck. */
    Uni<Optional<DeckSubjects>> subjects(Learner learner, long id) {
        return sql.list(SUBJECTS, DeckQueries::subject, id, learner.userId(), learner.tenantId())
                .map(rows -> rows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new DeckSubjects(
                                rows.stream().flatMap(Optional::stream).toList())));
    }

    /** A deck without cards is one row without a subject. */
    private static Optional<DeckSubjects.Item> subject(Row row) {
        @Nullable Integer id = row.find("subject_id", Integer.class);
        return id == null
                ? Optional.empty()
                : Optional.of(
                        new DeckSubjects.Item(id, row.get("name", String.class), row.get("card_count", Integer.class)));
    }
}
