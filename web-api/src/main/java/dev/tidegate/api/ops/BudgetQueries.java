package dev.tidegate.api.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the database knows of its own load. */
@Singleton
class BudgetQueries {

    private static final TypeReference<Map<String, Use>> BY_ROLE = new TypeReference<>() {};

    private final ReactiveSql sql;
    private final ObjectMapper json;

    BudgetQueries(ReactiveSql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    private static final Sql LOAD = Sql.of("BudgetQueries.load", """
            select roles.uses,
                   refreshed.at as refreshed_at,
                   waiting.seconds
            from (
                -- Role and process are all that a role without further privileges sees of others' backends; it is enough.
                select jsonb_object_agg(role.rolname, jsonb_build_object(
                           'backends', backends.number,
                           'limit', role.rolconnlimit))::text as uses
                from pg_roles role
                cross join lateral (
                    select count(*) as number
                    from pg_stat_activity
                    where usesysid = role.oid
                ) backends
                where role.rolcanlogin
            ) roles
            cross join (select max(refreshed_at) as at from subject_content_stats) refreshed
            left join (
                select greatest(0, extract(epoch from $1::timestamptz - changed_at))::bigint as seconds
                from content_changes
                order by id
                limit 1
            ) waiting on true
            """);

    /** What is in use at an instant. */
    Uni<Load> load(Instant now) {
        return sql.one(LOAD, this::load, now).map(Optional::orElseThrow);
    }

    private Load load(Row row) {
        try {
            return new Load(
                    json.readValue(row.get("uses", String.class), BY_ROLE),
                    row.find("refreshed_at", Instant.class),
                    row.find("seconds", Long.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the statement builds the object", e);
        }
    }

    /** A role without a row does not exist: nobody is connected, and nothing limits it. */
    record Use(long backends, int limit) {
        static final Use NONE = new Use(0, -1);
    }

    record Load(
            Map<String, Use> roles,
            @Nullable Instant refreshedAt,
            @Nullable Long oldestChangeSeconds) {}
}
