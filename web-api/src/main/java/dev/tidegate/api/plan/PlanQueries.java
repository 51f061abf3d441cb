package dev.tidegate.api.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads plans. */
@Singleton
class PlanQueries {

    private static final TypeReference<List<StoredItem>> ITEMS = new TypeReference<>() {};
    private static final TypeReference<Set<Integer>> POSITIONS = new TypeReference<>() {};

    private final ReactiveSql sql;
    private final ObjectMapper json;

    PlanQueries(ReactiveSql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    private static final Sql TODAY = Sql.of("PlanQueries.today", """
            with learner as (
                -- The only place where "today" becomes a date: all that follows, messages too, takes it from here.
                select id, tenant_id, plan_date($1, time_zone, day_start_hour) as plan_date
                from users
                where id = $2
                  and tenant_id = $3
            )
            select learner.plan_date,
                   plan.generated_at,
                   plan.daily_minutes,
                   plan.items::text as items,
                   done.positions,
                   failure.reason,
                   failure.failed_at,
                   failure.requested_at,
                   failure.next_attempt_at,
                   last.generated_at as last_generated_at,
                   last.daily_minutes as last_daily_minutes,
                   last.items as last_items,
                   last.positions as last_positions,
                   quota.plans_per_second,
                   quota.burst
            from learner
            left join daily_plans plan
                on plan.user_id = learner.id
               and plan.plan_date = learner.plan_date
            left join lateral (
                -- Text, because the driver cannot read arrays of a result.
                select jsonb_agg(completion.position)::text as positions
                from daily_plan_completions completion
                where completion.user_id = plan.user_id
                  and completion.plan_date = plan.plan_date
            ) done on true
            left join plan_failures failure
                on failure.user_id = learner.id
               and failure.plan_date = learner.plan_date
            -- The rest is looked up only on a day without a plan: what a learner may begin with meanwhile ...
            left join lateral (
                select earlier.generated_at,
                       earlier.daily_minutes,
                       earlier.items::text as items,
                       (select jsonb_agg(completion.position)::text
                        from daily_plan_completions completion
                        where completion.user_id = earlier.user_id
                          and completion.plan_date = earlier.plan_date) as positions
                from daily_plans earlier
                where plan.user_id is null
                  and earlier.user_id = learner.id
                  and earlier.plan_date < learner.plan_date
                  -- Older ones say little about today.
                  and earlier.plan_date >= learner.plan_date - 14
                order by earlier.plan_date desc
                limit 1
            ) last on true
            -- ... and what the tenant may ask for.
            left join lateral (
                select own.plans_per_second, own.burst
                from tenant_quotas own
                where plan.user_id is null
                  and own.tenant_id = learner.tenant_id
            ) quota on true
            """);

    /**
     * The learner's plan of the day that is current at an instant, or why there is none.
     *
     * @return empty if the tenant has no such user
     */
    Uni<Optional<Today>> today(Learner learner, Instant now) {
        return sql.one(TODAY, this::today, now, learner.userId(), learner.tenantId());
    }

    private static final Sql OF_DATE = Sql.of("PlanQueries.ofDate", """
            select plan.plan_date,
                   plan.generated_at,
                   plan.daily_minutes,
                   plan.items::text as items,
                   done.positions
            from users learner
            join daily_plans plan
                on plan.user_id = learner.id
               and plan.plan_date = $3
            cross join lateral (
                select jsonb_agg(completion.position)::text as positions
                from daily_plan_completions completion
                where completion.user_id = plan.user_id
                  and completion.plan_date = plan.plan_date
            ) done
            where learner.id = $1
              and learner.tenant_id = $2
            """);

    /** The learner's plan of a day; empty if none was made, or if the tenant has no such user. */
    Uni<Optional<Plan>> ofDate(Learner learner, LocalDate date) {
        return sql.one(OF_DATE, this::plan, learner.userId(), learner.tenantId(), date);
    }

    private Today today(Row row) {
        LocalDate planDate = row.get("plan_date", LocalDate.class);
        if (row.find("items", String.class) != null) {
            return new Today.Ready(plan(row));
        }
        @Nullable String reason = row.find("reason", String.class);
        var absence = new Today.Absence(planDate, fallback(planDate, row), quota(row));
        if (reason == null) {
            return new Today.Missing(absence);
        }
        @Nullable Instant nextAttemptAt = row.find("next_attempt_at", Instant.class);
        return nextAttemptAt == null
                ? new Today.Failed(absence, FailureReason.of(reason), row.get("failed_at", Instant.class))
                : new Today.Retrying(absence, row.get("requested_at", Instant.class), nextAttemptAt);
    }

    private static @Nullable TenantQuota quota(Row row) {
        @Nullable Integer perSecond = row.find("plans_per_second", Integer.class);
        return perSecond == null ? null : new TenantQuota(perSecond, row.get("burst", Integer.class));
    }

    /** The unfinished items of the last plan. They have no positions: those name items of today's own plan. */
    private @Nullable Plan fallback(LocalDate planDate, Row row) {
        @Nullable String items = row.find("last_items", String.class);
        if (items == null) {
            return null;
        }
        List<Plan.Item> unfinished = items(items, row.find("last_positions", String.class)).stream()
                .filter(item -> !item.done())
                .map(Plan.Item::withoutPosition)
                .toList();
        return unfinished.isEmpty()
                ? null
                : new Plan(
                        planDate,
                        row.get("last_generated_at", Instant.class),
                        row.get("last_daily_minutes", Short.class),
                        true,
                        unfinished);
    }

    private Plan plan(Row row) {
        return new Plan(
                row.get("plan_date", LocalDate.class),
                row.get("generated_at", Instant.class),
                row.get("daily_minutes", Short.class),
                false,
                items(row.get("items", String.class), row.find("positions", String.class)));
    }

    private List<Plan.Item> items(String stored, @Nullable String positionsDone) {
        Set<Integer> done = positionsDone == null ? Set.of() : parse(positionsDone, POSITIONS);
        var items = new ArrayList<Plan.Item>();
        for (StoredItem item : parse(stored, ITEMS)) {
            int position = items.size() + 1;
            items.add(item.at(position, done.contains(position)));
        }
        return items;
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readerFor(type)
                    // A worker of a later version may know more of an item than this service.
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored plan does not follow plan-items.schema.json", e);
        }
    }

    /** An element of {@code daily_plans.items}, as plan-items.schema.json in deploy/contracts describes it. */
    record StoredItem(
            Plan.Kind kind,
            String title,
            String reason,
            int minutes,
            @Nullable Integer count,
            @Nullable Long topicId,
            @Nullable Long lessonId,
            @Nullable Long exerciseId) {

        Plan.Item at(int position, boolean done) {
            return new Plan.Item(position, kind, title, reason, minutes, count, topicId, lessonId, exerciseId, done);
        }
    }
}
