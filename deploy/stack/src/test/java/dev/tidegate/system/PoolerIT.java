package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.migrate.SchemaMigration;
import dev.tidegate.stack.BackendSampler;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All services through a real PgBouncer in transaction mode; migrations beside it. */
class PoolerIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    @RegisterExtension
    static final PooledServices POOLED = new PooledServices(RUNNING);

    private static final ConnectionBudget BUDGET = ConnectionBudget.load();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More than the pooler lets through at once, so that statements of one client meet different backends. */
    private static final int CROWD = 300;

    @Test
    void everybodyIsServedAndNoRoleHoldsMoreThanItsBudget() throws Exception {
        List<Long> users = RUNNING.learners().create(CROWD);
        TodayClient today = POOLED.today();
        users.forEach(today::token);
        try (var sampler = new BackendSampler(RUNNING.stack().postgres().superuser())) {
            // A process that has just started may let some wait in vain for a connection, and says so.
            assertThat(users.stream().map(today::status).toList().stream().map(CompletableFuture::join))
                    .isSubsetOf(202, 503)
                    .contains(202);
            // Like an app: whoever has no plan yet asks again.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(users.stream().map(today::status).toList().stream()
                                    .map(CompletableFuture::join))
                            .containsOnly(200));
            assertThat(RUNNING.learners().plans(users)).isEqualTo(users.size());

            for (DatabaseRole role : DatabaseRole.values()) {
                assertThat(sampler.peak(role.roleName())).as("%s", sampler).isLessThanOrEqualTo(BUDGET.of(role));
            }
            assertThat(sampler.totalPeak()).as("%s", sampler).isLessThan(BUDGET.ceiling());
        }
    }

    @Test
    void statementsOfEveryKindRunThroughIt() {
        String token = RUNNING.stack().token(1, "learner", "editor");
        long topic = RUNNING.database()
                .one(ANY_TOPIC, row -> row.get("id", Integer.class))
                .orElseThrow();
        for (String path : List.of("/v1/dashboard/summary", "/v1/decks", "/v1/flashcards/due", "/v1/past-tests")) {
            assertThat(get(token, path).statusCode()).as(path).isEqualTo(200);
        }

        // A transaction of several statements, with and without the key's own.
        for (Map<String, String> headers : List.of(Map.<String, String>of(), Map.of("Idempotency-Key", "pooled-1"))) {
            Response quiz = given().baseUri(POOLED.webApi().baseUri().toString())
                    .auth()
                    .oauth2(token)
                    .headers(headers)
                    .contentType("application/json")
                    .body("{\"topics\":[%d],\"count\":5}".formatted(topic))
                    .post("/v1/quizzes");
            assertThat(quiz.statusCode()).as(quiz.asString()).isEqualTo(201);
        }

        // An edit, which stats-refresher counts in a transaction with a lock.
        RUNNING.database().update(CHANGE, topic);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(RUNNING.database().one(CHANGES, row -> row.get("n", Long.class)))
                        .contains(0L));
    }

    @Test
    void whoeverGetsNoConnectionInTimeIsToldSoByTheTiersName() throws Exception {
        List<Long> users = RUNNING.learners().create(20);
        users.forEach(POOLED.today()::token);
        int crowd = 3 * BUDGET.of(DatabaseRole.WEB_API);
        var over = new AtomicBoolean();
        Long user = users.getFirst();
        // Closed in the opposite order: the crowd ends before it is waited for, however the test ends.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = () -> over.set(true)) {
            IntStream.range(0, crowd)
                    .forEach(ignored -> threads.execute(() -> {
                        while (!over.get()) {
                            sleepUntilTheRolesTimeout();
                        }
                    }));
            await().atMost(PATIENCE).until(PoolerIT::busyBackends, busy -> busy == BUDGET.of(DatabaseRole.WEB_API));

            // While the crowd still logs in, some may find a short queue and get through.
            Response refused = POOLED.today().get(user);
            for (int next = 1; refused.statusCode() != 503 && next < users.size(); next++) {
                user = users.get(next);
                refused = POOLED.today().get(user);
            }

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.jsonPath().getString("type")).endsWith("tier-saturated");
            assertThat(refused.asString()).contains("web-api");
            assertThat(refused.header("Retry-After")).isNotBlank();
            assertThat(RUNNING.learners().plans(List.of(user))).isZero();
        }
        long refusedUser = user;
        await().atMost(PATIENCE).until(() -> POOLED.today().get(refusedUser).statusCode(), status -> status < 300);
    }

    @Test
    void plansInTheMakingAreMadeWhenThePoolerIsBackAndNobodyIsBlamed() {
        List<Long> users = RUNNING.learners().create(60);
        TodayClient today = POOLED.today();
        users.forEach(today::token);
        try (var _ = new SlowPlans(RUNNING.database())) {
            assertThat(users.stream().map(today::status).toList().stream().map(CompletableFuture::join))
                    .containsOnly(202);
            await().atMost(PATIENCE)
                    .until(
                            () -> RUNNING.database().one(GENERATING, row -> row.get("n", Long.class)),
                            n -> n.orElseThrow() > 0);

            RUNNING.stack().pooler().kill();
            assertThat(today.get(users.getFirst()).statusCode()).isEqualTo(503);
            RUNNING.stack().pooler().start();

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(RUNNING.learners().plans(users)).isEqualTo(users.size()));
        }
        assertThat(RUNNING.database().one(FAILURES, row -> row.get("n", Long.class), ids(users)))
                .contains(0L);
        assertThat(Topics.keys(RUNNING.stack(), "plan-requests-dlq"))
                .doesNotContainAnyElementsOf(users.stream().map(String::valueOf).toList());
        await().atMost(PATIENCE).until(() -> today.get(users.getFirst()).statusCode(), status -> status == 200);
    }

    @Test
    void migrationsGoBesideThePoolerWhichDoesNotKnowTheirRole() throws SQLException {
        var migration = new SchemaMigration(BUDGET);

        assertThat(migration.migrate(RUNNING.stack().postgres().dataSource(DatabaseRole.MIGRATOR)))
                .isZero();
        assertThatThrownBy(() -> migration.migrate(RUNNING.stack().pooler().dataSource(DatabaseRole.MIGRATOR)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("authentication failed");
    }

    /** A provider's pooler may let any role in. */
    @Test
    void migrationThroughAPoolerThatLetsItInIsRefused() {
        assertThatThrownBy(() -> new SchemaMigration(BUDGET)
                        .migrate(RUNNING.stack().pooler().dataSource(DatabaseRole.STATS_REFRESHER)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("migrations do not run through a pooler that shares connections between transactions:"
                        + " TIDEGATE_DATABASE_URL takes the PostgreSQL server itself, TIDEGATE_POOLER_URL the pooler");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WEB_API         | pooler | ''     | TIDEGATE_DATABASE_URL=%s is a pooler that shares connections between transactions
            PLAN_WORKER     | server | server | TIDEGATE_POOLER_URL=%s is a PostgreSQL server and no pooler
            STATS_REFRESHER | server | here   | TIDEGATE_POOLER_URL is no database's address: it takes postgresql://host:port/database
            """)
    void pathThatIsNotWhatItIsCalledStopsTheStart(Service service, String database, String pooler, String sentence)
            throws Exception {
        assertRefused(
                service,
                Map.of("TIDEGATE_DATABASE_URL", address(database), "TIDEGATE_POOLER_URL", address(pooler)),
                sentence.formatted(address(pooler.isEmpty() ? database : pooler)));
    }

    @Test
    void preparedStatementsThroughAPoolerThatDoesNotKeepThemStopTheStart() throws Exception {
        assumeThat(RUNNING.stack().pooler().keepsPreparedStatements())
                .as("the installed PgBouncer keeps prepared statements")
                .isFalse();

        assertRefused(
                Service.WEB_API,
                Map.of(
                        "TIDEGATE_POOLER_URL",
                        RUNNING.stack().pooler().url(),
                        "TIDEGATE_POOLER_PREPARED_STATEMENTS",
                        "true"),
                "TIDEGATE_POOLER_URL=%s does not keep prepared statements"
                        .formatted(RUNNING.stack().pooler().url()));
    }

    private static void assertRefused(Service service, Map<String, String> environment, String sentence)
            throws Exception {
        ServiceProcess refused = RUNNING.stack().replica(service, environment);

        refused.launch();

        assertThat(refused.awaitExit(PATIENCE).orElseThrow()).isNotZero();
        assertThat(Files.readString(refused.log())).contains(sentence);
    }

    private static String address(String end) {
        return switch (end) {
            case "pooler" -> RUNNING.stack().pooler().url();
            case "server" ->
                "postgresql://127.0.0.1:" + RUNNING.stack().postgres().port() + "/tidegate";
            default -> end;
        };
    }

    private static Response get(String token, String path) {
        return given().baseUri(POOLED.webApi().baseUri().toString())
                .auth()
                .oauth2(token)
                .get(path);
    }

    private static final Sql SLEEP = Sql.of("PoolerIT.sleep", "select pg_sleep(60)::text as slept");

    private static void sleepUntilTheRolesTimeout() {
        POOLED.ignoringFailure(DatabaseRole.WEB_API, sql -> sql.one(SLEEP, row -> true));
    }

    private static long busyBackends() {
        return RUNNING.database().one(BUSY, row -> row.get("n", Long.class)).orElseThrow();
    }

    private static Object ids(List<Long> users) {
        return users.stream().mapToLong(Long::longValue).toArray();
    }

    private static final Sql BUSY = Sql.of("PoolerIT.busy", """
            select count(*) as n from pg_stat_activity where usename = 'web_api' and state = 'active'
            """);
    private static final Sql GENERATING = Sql.of("PoolerIT.generating", """
            select count(*) as n from pg_stat_activity where usename = 'plan_interactive' and state = 'active'
            """);
    private static final Sql FAILURES = Sql.of("PoolerIT.failures", """
            select count(*) as n from plan_failures where user_id = any ($1::bigint[])
            """);
    private static final Sql ANY_TOPIC = Sql.of("PoolerIT.anyTopic", """
            select topic_id as id from questions where validation_status = 'validated' group by 1 order by count(*) desc limit 1
            """);
    private static final Sql CHANGE = Sql.of("PoolerIT.change", """
            update questions set difficulty = difficulty % 5 + 1
            where id = (select min(id) from questions where topic_id = $1)
            """);
    private static final Sql CHANGES = Sql.of("PoolerIT.changes", "select count(*) as n from content_changes");
}
