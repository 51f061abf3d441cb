package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.stack.BackendSampler;
import dev.tidegate.stack.PostgresServer;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import dev.tidegate.stack.Standby;
import dev.tidegate.stack.StatementCosts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A web-api with a read replica that streams from the stack's server. Which server ran a statement is told by
 * {@code pg_stat_statements} of each.
 */
class ReadReplicaIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final long HEAVIEST = 2;
    private static final double BOUND_SECONDS = 5;
    private static final int PROCESSES = 2;
    private static final String RELATED = "/v1/questions/related?topic=1&limit=3";
    private static final ConditionFactory PATIENCE =
            await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(200));

    private static Standby standby;
    private static ServiceProcess webApi;
    private static String token;

    @BeforeAll
    static void start() {
        standby = RUNNING.stack().standby();
        standby.create();
        RUNNING.makeRoomForAnotherWebApi();
        webApi = RUNNING.stack()
                .replica(
                        Service.WEB_API,
                        Map.of(
                                "TIDEGATE_REPLICAS",
                                Integer.toString(PROCESSES),
                                "TIDEGATE_REPLICA_URL",
                                "postgresql://127.0.0.1:%d/%s"
                                        .formatted(standby.server().port(), PostgresServer.DATABASE),
                                "TIDEGATE_REPLICA_MAX_LAG",
                                "5s",
                                "TIDEGATE_REPLICA_CHECK_INTERVAL",
                                "200ms"));
        webApi.start();
        token = RUNNING.stack().token(HEAVIEST, "learner");
    }

    @AfterAll
    static void stop() {
        webApi.terminate();
        standby.server().stop();
    }

    @BeforeEach
    void awaitReplica() {
        awaitReplicaInUse();
    }

    @Test
    void onlyReadsThatTolerateLagRunOnTheReplica() {
        forgetStatements();

        ok("/v1/questions/related?q=energy&topic=1");
        ok("/v1/questions/related?tags=1&tags=2");
        String next = ok("/v1/past-tests?limit=5").path("next");
        int test = ok("/v1/past-tests?limit=5&cursor=" + next).path("items[0].id");
        ok("/v1/past-tests/" + test);
        get("/v1/daily-plan/today").then().statusCode(org.hamcrest.Matchers.oneOf(200, 202));
        get("/v1/daily-plan/2026-01-01");
        ok("/v1/dashboard/summary");
        ok("/v1/decks");
        ok("/v1/flashcards?limit=5");
        ok("/v1/flashcards/due");
        ok("/v1/lessons?topic=1");
        ok("/v1/subjects");
        ok("/v1/tags");

        assertThat(statementsOn(standby.server()))
                .containsExactlyInAnyOrder(
                        "RelatedQueries.byWords",
                        "RelatedQueries.byTags",
                        "PastTestQueries.page",
                        "ReplicaCheck.replayed");
        assertThat(statementsOn(RUNNING.stack().postgres()))
                .contains("PastTestQueries.page", "PastTestQueries.detail", "DashboardQueries.summary")
                .noneMatch(name -> name.startsWith("RelatedQueries"));
    }

    @Test
    void whatIsWrittenIsReadOnThePrimaryAtOnceWhileReplayStandsStill() {
        whileReplayIsPaused(() -> {
            for (int i = 0; i < 5; i++) {
                String name = "Deck " + System.nanoTime();
                request()
                        .contentType("application/json")
                        .body("{\"title\": \"" + name + "\"}")
                        .post("/v1/decks")
                        .then()
                        .statusCode(201);
                assertThat(ok("/v1/decks?limit=100").<List<String>>path("items.deck.title"))
                        .contains(name);
            }
        });
    }

    @Test
    void replicaThatFallsBehindIsLeftWithinTheBoundAndTakenAgainWhenItCaughtUp() {
        whileReplayIsPaused(() -> {
            RUNNING.database().one(MARK, row -> true);
            PATIENCE.until(() -> ok("/v1/questions/related?q=quokka").<Integer>path("items.size()") == 1);

            assertThat(new JdbcSql(standby.server().superuser(), new SimpleMeterRegistry())
                            .one(MARKED, row -> row.get("n", Long.class)))
                    .contains(0L);
            assertThat(metric("tidegate_replica_lag_seconds")).isGreaterThan(BOUND_SECONDS);
        });
        RUNNING.database().one(UNMARK, row -> true);

        awaitReplicaInUse();
        assertThat(metric("tidegate_replica_lag_seconds")).isLessThan(BOUND_SECONDS);
    }

    @Test
    void noReadFailsWhileTheReplicaIsKilledAndItIsTakenAgainAfterItsStart() {
        standby.server().kill();
        try {
            for (int i = 0; i < 20; i++) {
                ok(RELATED);
            }
        } finally {
            standby.server().start();
        }
        awaitReplicaInUse();
    }

    @Test
    void noReadFailsWhileTheReplicaSaysNothing() {
        standby.server().pause();
        try {
            for (int i = 0; i < 10; i++) {
                ok(RELATED);
            }
        } finally {
            standby.server().resume();
        }
        awaitReplicaInUse();
    }

    @Test
    void promotedServerIsNotReadAnyMore() {
        var promoted = new JdbcSql(standby.server().superuser(), new SimpleMeterRegistry());
        assertThat(promoted.one(PROMOTE, row -> row.get("done", Boolean.class))).contains(true);

        try {
            PATIENCE.until(() -> Double.isNaN(metric("tidegate_replica_lag_seconds")));
            forgetStatements();
            ok(RELATED);
            PATIENCE.until(() -> statementsOn(standby.server()).contains("ReplicaCheck.replayed"));
            assertThat(statementsOn(standby.server())).containsOnly("ReplicaCheck.replayed");
            assertThat(statementsOn(RUNNING.stack().postgres())).contains("RelatedQueries.byWords");
        } finally {
            standby.server().stop();
            standby.create();
        }
        awaitReplicaInUse();
    }

    @Test
    void replicaHoldsNoMoreConnectionsThanItsBudgetAndThePrimaryNoMoreThanBefore() throws Exception {
        try (var onReplica = new BackendSampler(standby.server().superuser());
                var onPrimary = new BackendSampler(RUNNING.stack().postgres().superuser());
                ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> answers = crowd
                    .invokeAll(IntStream.range(0, 300)
                            .<java.util.concurrent.Callable<Integer>>mapToObj(
                                    i -> () -> get(RELATED).statusCode())
                            .toList())
                    .stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();

            assertThat(answers).containsOnly(200);
            assertThat(onReplica.peak("web_api"))
                    .isBetween(1, ConnectionBudget.load().replicaShare(PROCESSES));
            assertThat(onPrimary.totalPeak()).isLessThan(ConnectionBudget.load().ceiling());
            System.out.printf("read replica: %s; primary: %s%n", onReplica, onPrimary);
        }
    }

    /** Somebody else may fall behind only while somebody writes, so somebody does. */
    private static void whileReplayIsPaused(Runnable work) {
        var replica = new JdbcSql(standby.server().superuser(), new SimpleMeterRegistry());
        replica.one(PAUSE, row -> true);
        try {
            work.run();
        } finally {
            replica.one(RESUME, row -> true);
        }
    }

    private static void awaitReplicaInUse() {
        PATIENCE.until(() -> {
            double before = fresh();
            ok(RELATED);
            return fresh() > before;
        });
    }

    private static double fresh() {
        return metric("tidegate_replica_reads_total{reason=\"fresh\",server=\"replica\"}");
    }

    private static void forgetStatements() {
        new StatementCosts(RUNNING.stack().postgres().superuser()).reset();
        new StatementCosts(standby.server().superuser()).reset();
    }

    private static Set<String> statementsOn(PostgresServer server) {
        return new StatementCosts(server.superuser())
                .byName().stream().map(StatementCosts.Cost::name).collect(Collectors.toSet());
    }

    private static double metric(String name) {
        return given().baseUri(webApi.baseUri().toString())
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    private static Response ok(String path) {
        Response response = get(path);
        response.then().statusCode(200);
        return response;
    }

    private static Response get(String path) {
        return request().get(path);
    }

    private static io.restassured.specification.RequestSpecification request() {
        return given().baseUri(webApi.baseUri().toString()).auth().oauth2(token);
    }

    private static final Sql PAUSE = Sql.of("ReadReplicaIT.pause", "select pg_wal_replay_pause()::text as done");
    private static final Sql RESUME = Sql.of("ReadReplicaIT.resume", "select pg_wal_replay_resume()::text as done");
    private static final Sql PROMOTE = Sql.of("ReadReplicaIT.promote", "select pg_promote(true, 60) as done");
    private static final Sql MARK = Sql.of("ReadReplicaIT.mark", """
            update questions set stem = stem || ' quokka'
            where id = (select min(id) from questions where validation_status = 'validated')
            returning id
            """);
    private static final Sql UNMARK = Sql.of("ReadReplicaIT.unmark", """
            update questions set stem = replace(stem, ' quokka', '') where stem like '% quokka' returning id
            """);
    private static final Sql MARKED =
            Sql.of("ReadReplicaIT.marked", "select count(*) as n from questions where stem like '% quokka'");
}
