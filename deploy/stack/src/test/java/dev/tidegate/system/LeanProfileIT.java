package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.Profile;
import dev.tidegate.stack.BackendSampler;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything works on one or two connections per role, on a server that has hardly more. */
class LeanProfileIT {

    private static final ConnectionBudget LEAN = ConnectionBudget.load(Profile.LEAN);
    private static final ConditionFactory PATIENCE = await().atMost(Duration.ofSeconds(120));
    private static final int LEARNERS = 40;
    private static final int SLEEPERS = 30;
    private static final int QUESTIONS = 500;

    /** Made beforehand: to make one asks the database, where there is no room for many at once. */
    private static final Map<String, String> TOKENS = new HashMap<>();

    private static Stack stack;
    private static BackendSampler sampler;
    private static JdbcSql database;

    @BeforeAll
    static void start() {
        Path module = Path.of("").toAbsolutePath();
        stack = Stack.open(
                new StackSettings(
                        module.resolve("../..").normalize(),
                        module.resolve("target").resolve("lean-test"),
                        true,
                        Ports.anyFree(),
                        Scale.SMALL,
                        InstantSource.system(),
                        false,
                        Profile.LEAN),
                line -> {});
        stack.start();
        sampler = new BackendSampler(stack.postgres().superuser());
        List.of("learner", "editor").forEach(group -> TOKENS.put(group, stack.token(1, group)));
        database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
    }

    /** Of all that the tests did together. */
    @AfterAll
    static void fewConnectionsWereEnough() throws Exception {
        try (var _ = stack) {
            sampler.close();
            System.out.println("Lean profile: " + sampler);
            for (DatabaseRole role : DatabaseRole.values()) {
                assertThat(sampler.peak(role.roleName())).as("%s", sampler).isLessThanOrEqualTo(LEAN.of(role));
            }
            assertThat(sampler.totalPeak()).isBetween(1, LEAN.sum());
        }
    }

    @Test
    void serverAndRolesAreAsSmallAsTheBudgetSays() {
        assertThat(database.one(MAX_CONNECTIONS, row -> row.get("n", Integer.class)))
                .contains(LEAN.maxConnections());
        for (DatabaseRole role : DatabaseRole.values()) {
            assertThat(database.one(LIMIT, row -> row.get("n", Integer.class), role.roleName()))
                    .as(role.roleName())
                    .contains(LEAN.of(role));
        }
    }

    @Test
    void learnersWhoComeTogetherAllGetTheirPlans() {
        List<Long> learners = new Learners(database).create(LEARNERS);
        var today = new TodayClient(stack, webApi());
        learners.forEach(today::token);

        assertThat(learners.stream().map(today::status).toList().stream().map(answer -> answer.join()))
                .containsOnly(202);

        learners.forEach(today::awaitPlan);
    }

    /** A keyed write holds a connection while it runs; with two of them nobody may wait for a third. */
    @Test
    void keyedWritesAtOnceDoNotWaitForEachOther() throws Exception {
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> writes = IntStream.range(0, LEARNERS)
                    .<Callable<Integer>>mapToObj(i -> () -> as("learner")
                            .header("Idempotency-Key", "lean-" + i)
                            .contentType("application/json")
                            .body(Map.of("title", "Deck " + i))
                            .post("/v1/decks")
                            .statusCode())
                    .toList();

            assertThat(crowd.invokeAll(writes).stream().map(Future::resultNow)).containsOnly(201);
        }
    }

    @Test
    void importIsWrittenAndItsContentCounted() {
        int topic = database.one(NEW_TOPIC, row -> row.get("id", Integer.class)).orElseThrow();
        String file = IntStream.range(0, QUESTIONS)
                .mapToObj("\"Lean question %d, as long as they are?\",a,b,c,1%n"::formatted)
                .collect(joining("", "stem,option1,option2,option3,correctOption\n", ""));

        int id = as("editor")
                .contentType("text/csv")
                .queryParam("kind", "questions")
                .queryParam("format", "csv")
                .queryParam("topic", topic)
                .queryParam("validationStatus", "validated")
                .body(file)
                .post("/v1/content/imports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        PATIENCE.until(() -> as("editor").get("/v1/content/imports/" + id).path("status"), "succeeded"::equals);
        PATIENCE.until(
                () -> database.one(COUNTED, row -> row.get("n", Integer.class), topic)
                        .orElse(0),
                counted -> counted == QUESTIONS);
    }

    @Test
    void plansOfTheComingDayAreMadeBefore() {
        stack.service(Service.PLAN_WORKER).terminate();
        var soon = stack.replica(
                Service.PLAN_WORKER, Map.of("TIDEGATE_PRECOMPUTE_EVERY", "5s", "TIDEGATE_PRECOMPUTE_SPREAD", "0s"));
        try {
            String zone =
                    database.one(ZONE, row -> row.get("name", String.class)).orElseThrow();
            database.update(LIVE_THERE, zone, SLEEPERS);
            soon.start();

            PATIENCE.until(
                    () -> database.one(PLANS_OF_THE_COMING_DAY, row -> row.get("n", Long.class), zone)
                            .orElseThrow(),
                    made -> made == SLEEPERS);
        } finally {
            soon.terminate();
            stack.service(Service.PLAN_WORKER).start();
        }
    }

    private static java.net.URI webApi() {
        return stack.service(Service.WEB_API).baseUri();
    }

    private static RequestSpecification as(String group) {
        return given().baseUri(webApi().toString()).auth().oauth2(TOKENS.get(group));
    }

    private static final Sql MAX_CONNECTIONS =
            Sql.of("LeanProfileIT.maxConnections", "select current_setting('max_connections')::int as n");
    private static final Sql LIMIT =
            Sql.of("LeanProfileIT.limit", "select rolconnlimit as n from pg_roles where rolname = $1");
    private static final Sql NEW_TOPIC = Sql.of("LeanProfileIT.newTopic", """
            insert into topics (subject_id, name, position)
            select 1, 'Topic of a lean import ' || max(id), 10000 + max(id) from topics
            returning id
            """);
    private static final Sql COUNTED = Sql.of("LeanProfileIT.counted", """
            select question_count as n from topic_content_stats where topic_id = $1
            """);
    private static final Sql ZONE = Sql.of("LeanProfileIT.zone", """
            select name
            from time_zones z
            where plan_date(now() + interval '85 minutes', z.name, 0::smallint)
                  > plan_date(now() + interval '20 minutes', z.name, 0::smallint)
              and not exists (select from users u where u.time_zone = z.name)
            order by name
            limit 1
            """);
    private static final Sql LIVE_THERE = Sql.of("LeanProfileIT.liveThere", """
            with created as (
                insert into users (tenant_id, display_name, time_zone, daily_minutes, last_active_at)
                select u.tenant_id, 'Learner of a test', $1, 45, now()
                from users u cross join generate_series(1, $2::int)
                where u.id = 1
                returning id
            )
            insert into enrolments (user_id, subject_id)
            select c.id, e.subject_id from created c cross join enrolments e where e.user_id = 1
            """);
    private static final Sql PLANS_OF_THE_COMING_DAY = Sql.of("LeanProfileIT.plansOfTheComingDay", """
            select count(*) as n
            from daily_plans p
            join users u on u.id = p.user_id
            where u.time_zone = $1
              and p.items <> '[]'
              and p.plan_date = plan_date(now(), u.time_zone, u.day_start_hour) + 1
            """);
}
