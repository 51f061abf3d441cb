package dev.tidegate.api.deck;

import dev.tidegate.api.http.IfMatch;
import dev.tidegate.api.http.Versioned;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Creates, renames and removes decks. */
final class DeckWrites {

    private final ReactiveSql sql;

    DeckWrites(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql CREATE = Sql.of("DeckWrites.create", """
            with learner as (
                select u.id, u.tenant_id, bounded.decks
                from users u
                cross join lateral (
                    -- Bounds a learner's rows; requests at the same moment may pass it by their number.
                    select count(*) as decks
                    from (select 1 from decks where user_id = u.id limit 500) existing
                ) bounded
                where u.id = $1
                  and u.tenant_id = $2
            ),
            created as (
                insert into decks (user_id, tenant_id, title, created_at)
                select id, tenant_id, $3::text, $4::timestamptz
                from learner
                where decks < 500
                returning id, title, card_count, created_at
            )
            select created.*
            from learner
            left join created on true
            """);

    /** Creates an empty deck; fails with a {@link Problem} if the learner has too many. */
    Uni<Deck> create(Learner learner, String title, Instant now) {
        return sql.one(CREATE, DeckWrites::created, learner.userId(), learner.tenantId(), title, now)
                .map(found -> found.orElseThrow(() -> Problem.notFound("The user")));
    }

    private static Deck created(Row row) {
        if (row.find("id", Long.class) == null) {
            throw Problem.conflict("A learner may have at most 500 decks.");
        }
        return Deck.of(row);
    }

    private static final Sql RENAME = Sql.of("DeckWrites.rename", """
            with renamed as (
                update decks
                set title = $4::text,
                    version = version + 1
                where id = $1
                  and user_id = $2
                  and tenant_id = $3
                  and version between $5::int and $6::int
                returning id, title, card_count, created_at, version
            )
            select renamed.*
            from decks
            left join renamed on true
            where decks.id = $1
              and decks.user_id = $2
              and decks.tenant_id = $3
            """);

    /** Gives a learner's own deck another title; fails with a {@link Problem} if it is gone or not that version. */
    Uni<Versioned<Deck>> rename(Learner learner, long id, String title, IfMatch versions) {
        return sql.one(
                        RENAME,
                        DeckWrites::renamed,
                        id,
                        learner.userId(),
                        learner.tenantId(),
                        title,
                        versions.from(),
                        versions.to())
                .map(found -> found.orElseThrow(() -> Problem.notFound("The deck")));
    }

    private static Versioned<Deck> renamed(Row row) {
        @Nullable Integer version = row.find("version", Integer.class);
        if (version == null) {
            throw Problem.preconditionFailed();
        }
        return new Versioned<>(Deck.of(row), version);
    }

    private static final Sql REMOVE = Sql.of("DeckWrites.remove", """
            delete from decks
            where id = $1
              and user_id = $2
              and tenant_id = $3
            returning id
            """);

    /** Removes a learner's own deck with its cards and their reviews; false if there is none. */
    Uni<Boolean> remove(Learner learner, long id) {
        return sql.one(REMOVE, row -> true, id, learner.userId(), learner.tenantId())
                .map(removed -> removed.orElse(false));
    }
}
