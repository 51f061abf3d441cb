package dev.tidegate.worker.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.worker.generate.PlanOutcome.AlreadyThere;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.generate.PlanOutcome.Generated;
import dev.tidegate.worker.generate.PlanOutcome.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class PlanGeneratorIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final int USERS = 120;

    private static JdbcSql database;

    private final PlanGenerator generator = generator();

    private static PlanGenerator generator() {
        return new PlanGenerator(
                new JdbcSql(DATABASE.as(DatabaseRole.PLAN_INTERACTIVE), new SimpleMeterRegistry()),
                new PlanItemsJson(new ObjectMapper()),
                CLOCK);
    }

    @BeforeAll
    static void fillContentAndUsers() {
        database = new JdbcSql(DATABASE.superuser(), new SimpleMeterRegistry());
        database.update(CONTENT);
        database.update(TOPICS);
        database.update(LESSONS);
        database.update(EXERCISES);
        database.update(STATS);
        database.update(TENANT);
        database.update(LEARNERS, USERS);
        database.update(ENROLMENTS);
    }

    @BeforeEach
    void removePlans() {
        database.update(REMOVE_PLANS);
        database.update(REMOVE_TRIGGER);
        database.update(REMOVE_SLOW_TRIGGER);
    }

    @Test
    void batchOfHundredUsersGetsHundredPlansWithItems() {
        List<PlanOutcome> outcomes = generator.generate(keys(1, 100));

        assertThat(outcomes).hasSize(100).allMatch(Generated.class::isInstance);
        assertThat(count(PLANS)).isEqualTo(100);
        assertThat(count(PLANS_WITHOUT_ITEMS)).isZero();
    }

    @Test
    void secondRequestForSameDayChangesNothing() {
        generator.generate(keys(1, 3));
        List<String> before = database.list(PLAN_TEXT, row -> row.get("plan", String.class));

        assertThat(generator.generate(keys(1, 3))).hasSize(3).allMatch(AlreadyThere.class::isInstance);
        assertThat(database.list(PLAN_TEXT, row -> row.get("plan", String.class)))
                .isEqualTo(before);
    }

    @Test
    void duplicateWithinABatchIsOnePlan() {
        var key = new PlanKey(1, DAY);
        assertThat(generator.generate(List.of(key, key))).containsExactly(new Generated(key));
    }

    @Test
    void twoDaysOfOneUserAreTwoPlans() {
        generator.generate(List.of(new PlanKey(1, DAY), new PlanKey(1, DAY.plusDays(1))));
        assertThat(count(PLANS)).isEqualTo(2);
    }

    @Test
    void unknownUserFailsAndHisNeighboursDoNot() {
        var unknown = new PlanKey(999_999, DAY);

        List<PlanOutcome> outcomes = generator.generate(List.of(new PlanKey(1, DAY), unknown));

        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        new Generated(new PlanKey(1, DAY)),
                        new Failed(unknown, Reason.UNKNOWN_USER, "no user has the id 999999"));
    }

    @Test
    void reasonsComeFromTheLearnersRows() {
        database.update(PROGRESS);
        database.update(DUE_CARD);
        database.update(EXAM_TOMORROW);

        generator.generate(keys(7, 7));

        assertThat(database.one(REASONS, row -> row.get("reasons", String.class)))
                .hasValueSatisfying(reasons -> assertThat(reasons)
                        .startsWith("1 card is due | ")
                        .contains("accuracy 40 % in Topic 3; exam tomorrow"));
    }

    @Test
    void completedLessonsAreNotPlannedAgain() {
        database.update(COMPLETE_ALL_LESSONS);

        generator.generate(keys(9, 9));

        assertThat(database.list(KINDS, row -> row.get("kind", String.class)))
                .isNotEmpty()
                .doesNotContain("lesson");
    }

    @Test
    void overlappingBatchesInOppositeOrderNeitherDeadlockNorDuplicate() throws Exception {
        List<Callable<List<PlanOutcome>>> batches = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<PlanKey> keys = new ArrayList<>(keys(1 + i, 95 + i));
            if (i % 2 == 1) {
                Collections.reverse(keys);
            }
            batches.add(() -> generator().generate(keys));
        }
        try (var executor = Executors.newFixedThreadPool(6)) {
            long generated = 0;
            for (var batch : executor.invokeAll(batches)) {
                generated +=
                        batch.get().stream().filter(Generated.class::isInstance).count();
            }
            assertThat(generated).isEqualTo(100);
        }
        assertThat(count(PLANS)).isEqualTo(100);
        assertThat(count(PLANS_WITHOUT_ITEMS)).isZero();
    }

    @Test
    void batchThatFailsLeavesNothing() {
        database.update(TRIGGER_FUNCTION);
        database.update(TRIGGER);

        assertThatThrownBy(() -> generator.generate(keys(1, 20)))
                .isInstanceOfSatisfying(
                        SqlFailure.class,
                        failure -> assertThat(failure.isUnavailable()).isFalse());
        assertThat(count(PLANS)).isZero();
    }

    @Test
    void onlyTheCulpritOfABatchFails() {
        database.update(TRIGGER_FUNCTION);
        database.update(TRIGGER);

        List<PlanOutcome> outcomes = new PlanGeneration(generator).run(keys(1, 20), () -> true);

        assertThat(outcomes)
                .hasSize(20)
                .filteredOn(Failed.class::isInstance)
                .singleElement()
                .extracting(PlanOutcome::key)
                .isEqualTo(new PlanKey(13, DAY));
        assertThat(count(PLANS)).isEqualTo(19);
    }

    @Test
    void partitionsThatAreTakenAwayAreNotWorkedOnToTheEndOfTheBatch() {
        database.update(TRIGGER_FUNCTION);
        database.update(TRIGGER);
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> new PlanGeneration(generator).run(keys(1, 20), () -> attempts.incrementAndGet() <= 5))
                .isInstanceOf(IllegalStateException.class);

        assertThat(count(PLANS)).isEqualTo(5);
    }

    @Test
    void databaseThatIsSlowForEverybodyIsNotWaitedForHundredTimes() {
        var impatient = (PGSimpleDataSource) DATABASE.as(DatabaseRole.PLAN_INTERACTIVE);
        impatient.setOptions("-c statement_timeout=100ms");
        database.update(SLOW_FUNCTION);
        database.update(SLOW_TRIGGER);
        var generation = new PlanGeneration(new PlanGenerator(
                new JdbcSql(impatient, new SimpleMeterRegistry()), new PlanItemsJson(new ObjectMapper()), CLOCK));

        List<PlanOutcome> outcomes = generation.run(keys(1, 20), () -> true);

        assertThat(outcomes.subList(0, PlanGeneration.MAX_TIMEOUTS))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMEOUT)));
        assertThat(outcomes.subList(PlanGeneration.MAX_TIMEOUTS, 20)).allMatch(PlanOutcome.NotTried.class::isInstance);
    }

    @Test
    void emptyAndOversizedBatchesAreRefused() {
        assertThatThrownBy(() -> generator.generate(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> generator.generate(keys(1, 101))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<PlanKey> keys(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(id -> new PlanKey(id, DAY))
                .toList();
    }

    private static long count(Sql sql) {
        return database.one(sql, row -> row.get("n", Long.class)).orElseThrow();
    }

    private static final Sql CONTENT =
            Sql.of("Arrange.subjects", "insert into subjects (name) values ('Physics'), ('History')");
    private static final Sql TOPICS = Sql.of("Arrange.topics", """
            insert into topics (subject_id, name, position)
            select s.id, 'Topic ' || n, n from subjects s cross join generate_series(1, 8) n order by s.id, n
            """);
    private static final Sql LESSONS = Sql.of("Arrange.lessons", """
            insert into lessons (topic_id, position, title, body, minutes)
            select t.id, n, 'Lesson ' || n, 'text', 10 from topics t cross join generate_series(1, 4) n
            """);
    private static final Sql EXERCISES = Sql.of("Arrange.exercises", """
            insert into exercises (topic_id, position, title, instructions, minutes)
            select t.id, n, 'Exercise ' || n, 'text', 15 from topics t cross join generate_series(1, 2) n
            """);
    private static final Sql STATS = Sql.of("Arrange.stats", """
            insert into topic_content_stats
            select id, subject_id, 4, 200, 30, 2, 10, now() from topics
            """);
    private static final Sql TENANT = Sql.of("Arrange.tenant", "insert into tenants (name) values ('School')");
    private static final Sql LEARNERS = Sql.of("Arrange.learners", """
            insert into users (tenant_id, display_name, time_zone, daily_minutes)
            select t.id, 'Learner ' || n, 'Europe/Berlin', 60 from tenants t cross join generate_series(1, $1::int) n
            """);
    private static final Sql ENROLMENTS = Sql.of("Arrange.enrolments", """
            insert into enrolments (user_id, subject_id)
            select u.id, s.id from users u cross join subjects s where s.name = 'Physics' and u.id <> 5
            """);
    private static final Sql PROGRESS = Sql.of("Arrange.progress", """
            insert into topic_progress (user_id, topic_id, questions_answered, questions_correct, questions_seen,
                                        lessons_completed)
            select 7, t.id, 20, 8, 20, 2 from topics t join subjects s on s.id = t.subject_id
            where s.name = 'Physics' and t.name = 'Topic 3'
            """);
    private static final Sql DUE_CARD = Sql.of("Arrange.dueCard", """
            with card as (
                insert into flashcards (card_type, topic_id, front, back)
                select 'system', min(id), 'front', 'back' from topics
                returning id
            )
            insert into reviews (user_id, flashcard_id, due_at, stability, difficulty)
            select 7, id, timestamptz '2026-03-02 12:00Z', 3, 5 from card
            """);
    private static final Sql EXAM_TOMORROW =
            Sql.of("Arrange.examTomorrow", "update users set exam_date = '2026-03-03' where id = 7");
    private static final Sql COMPLETE_ALL_LESSONS = Sql.of("Arrange.lessonCompletions", """
            insert into lesson_completions (user_id, lesson_id, completed_at) select 9, id, now() from lessons
            """);
    private static final Sql TRIGGER_FUNCTION = Sql.of("Arrange.triggerFunction", """
            create or replace function refuse_thirteen() returns trigger language plpgsql as '
            begin
                if new.user_id = 13 then raise exception ''thirteen'' using errcode = ''22000''; end if;
                return new;
            end'
            """);
    private static final Sql TRIGGER = Sql.of("Arrange.trigger", """
            create trigger refuse_thirteen before insert on daily_plans
            for each row execute function refuse_thirteen()
            """);
    private static final Sql REMOVE_TRIGGER =
            Sql.of("Arrange.removeTrigger", "drop trigger if exists refuse_thirteen on daily_plans");
    private static final Sql SLOW_FUNCTION = Sql.of("Arrange.slowFunction", """
            create or replace function be_slow() returns trigger language plpgsql as '
            begin
                perform pg_sleep(1);
                return new;
            end'
            """);
    private static final Sql SLOW_TRIGGER = Sql.of("Arrange.slowTrigger", """
            create trigger be_slow before insert on daily_plans for each row execute function be_slow()
            """);
    private static final Sql REMOVE_SLOW_TRIGGER =
            Sql.of("Arrange.removeSlowTrigger", "drop trigger if exists be_slow on daily_plans");
    private static final Sql REMOVE_PLANS = Sql.of("Arrange.removePlans", "delete from daily_plans");
    private static final Sql PLANS = Sql.of("Check.plans", "select count(*) as n from daily_plans");
    private static final Sql PLANS_WITHOUT_ITEMS =
            Sql.of("Check.plansWithoutItems", "select count(*) as n from daily_plans where items = '[]'");
    private static final Sql PLAN_TEXT =
            Sql.of("Check.planText", "select p::text || xmin::text as plan from daily_plans p order by user_id");
    private static final Sql REASONS = Sql.of("Check.reasons", """
            select string_agg(item ->> 'reason', ' | ' order by n) as reasons
            from daily_plans, jsonb_array_elements(items) with ordinality as i (item, n)
            where user_id = 7
            """);
    private static final Sql KINDS = Sql.of("Check.kinds", """
            select item ->> 'kind' as kind from daily_plans, jsonb_array_elements(items) item where user_id = 9
            """);
}
