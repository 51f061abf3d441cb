package dev.tidegate.api.review;

import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.review.Fsrs.Memory;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a card's review state and writes the next one, if nobody else has done so in between. */
final class ReviewQueries {

    private final ReactiveSql sql;

    ReviewQueries(ReactiveSql sql) {
        this.sql = sql;
    }

    /**
     * A card that the learner can see.
     *
     * @param last absent if the learner has never reviewed it
     */
    record Reviewable(boolean active, Optional<Schedule> last) {}

    private static final Sql FIND = Sql.of("ReviewQueries.find", """
            select f.status = 'active' as active,
                   r.stability::float8 as stability,
                   r.difficulty::float8 as difficulty,
                   r.learning_step,
                   r.repetitions,
                   r.lapses,
                   coalesce(r.last_reviewed_at, r.due_at) as last_reviewed_at,
                   coalesce(r.paused_due_at, r.due_at) as due_at
            from users u
            join flashcards f
                on f.id = $1
               and (f.user_id = u.id or f.card_type = 'system' and f.status = 'active')
            left join reviews r
                on r.user_id = u.id
               and r.flashcard_id = f.id
            where u.id = $2
              and u.tenant_id = $3
            """);

    /** Empty if there is no such card, or if it is not the learner's. */
    Uni<Optional<Reviewable>> find(Learner learner, long flashcardId) {
        return sql.one(FIND, ReviewQueries::reviewable, flashcardId, learner.userId(), learner.tenantId());
    }

    private static Reviewable reviewable(Row row) {
        return new Reviewable(
                row.get("active", Boolean.class),
                row.find("repetitions", Integer.class) == null ? Optional.empty() : Optional.of(schedule(row)));
    }

    private static Schedule schedule(Row row) {
        @Nullable Short step = row.find("learning_step", Short.class);
        return new Schedule(
                new Memory(row.get("stability", Double.class), row.get("difficulty", Double.class)),
                step == null ? null : step.intValue(),
                row.get("repetitions", Integer.class),
                row.get("lapses", Integer.class),
                row.get("last_reviewed_at", Instant.class),
                row.get("due_at", Instant.class));
    }

    /** The day on which the learner studied, in the statement that writes the review. */
    private static final String AND_ACTIVITY = """
            , studied as (
                insert into study_days (user_id, study_date, activities)
                select u.id, plan_date($4::timestamptz, u.time_zone, u.day_start_hour), 1
                from reviewed
                join users u on u.id = reviewed.user_id
                on conflict (user_id, study_date) do update
                set activities = study_days.activities + 1
                returning user_id
            ),
            seen as (
                -- To the minute: an index of the rollover holds the time, and learners review several cards a minute.
                update users u
                set last_active_at = $4::timestamptz
                from studied
                where u.id = studied.user_id
                  and (u.last_active_at is null or u.last_active_at < $4::timestamptz - interval '1 minute')
            )
            select user_id
            from reviewed
            """;

    private static final Sql START = Sql.of("ReviewQueries.start", """
            with reviewed as (
                insert into reviews (user_id, flashcard_id, deck_id, last_reviewed_at, due_at, stability, difficulty,
                                     learning_step, repetitions, lapses)
                select u.id, f.id, f.deck_id, $4::timestamptz, $5::timestamptz, $6::float8, $7::float8, $8::smallint,
                       $9::int, $10::int
                from users u
                join flashcards f
                    on f.id = $1
                   and f.status = 'active'
                   and (f.user_id = u.id or f.card_type = 'system')
                where u.id = $2
                  and u.tenant_id = $3
                on conflict (user_id, flashcard_id) do nothing
                returning user_id
            )""" + AND_ACTIVITY);

    /** Writes the first review; false if there is one already, or if the card has gone or is not active. */
    Uni<Boolean> start(Learner learner, long flashcardId, Schedule first) {
        return written(sql.one(
                START,
                row -> true,
                flashcardId,
                learner.userId(),
                learner.tenantId(),
                first.lastReviewedAt(),
                first.dueAt(),
                first.memory().stability(),
                first.memory().difficulty(),
                first.learningStep(),
                first.repetitions(),
                first.lapses()));
    }

    private static final Sql REPEAT = Sql.of("ReviewQueries.repeat", """
            with reviewed as (
                update reviews r
                set last_reviewed_at = $4::timestamptz,
                    due_at = $5::timestamptz,
                    stability = $6::float8,
                    difficulty = $7::float8,
                    learning_step = $8::smallint,
                    repetitions = $9::int,
                    lapses = $10::int
                from users u
                where u.id = $2
                  and u.tenant_id = $3
                  and r.user_id = u.id
                  and r.flashcard_id = $1
                  -- The new state was computed from the row as it was with one review less.
                  and r.repetitions = $9::int - 1
                  and r.paused_due_at is null
                returning r.user_id
            )""" + AND_ACTIVITY);

    /** Writes a further review; false if there was another one since {@code next} was computed. */
    Uni<Boolean> repeat(Learner learner, long flashcardId, Schedule next) {
        return written(sql.one(
                REPEAT,
                row -> true,
                flashcardId,
                learner.userId(),
                learner.tenantId(),
                next.lastReviewedAt(),
                next.dueAt(),
                next.memory().stability(),
                next.memory().difficulty(),
                next.learningStep(),
                next.repetitions(),
                next.lapses()));
    }

    private static Uni<Boolean> written(Uni<Optional<Boolean>> row) {
        return row.map(found -> found.orElse(false))
                .onFailure(SqlFailure.class)
                .transform(failure -> isGone((SqlFailure) failure) ? Problem.notFound("The card") : failure);
    }

    /** The card was removed while its first review was written. */
    private static boolean isGone(SqlFailure failure) {
        return failure.constraint().filter("reviews_flashcard_id_fkey"::equals).isPresent();
    }
}
