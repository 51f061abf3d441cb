package dev.tidegate.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.restassured.RestAssured;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** One connection and one place to wait, so that a saturated pool is two statements away. */
@QuarkusTest
@TestProfile(ReactiveSqlIT.SmallPool.class)
@WithTestResource(value = Servers.class, initArgs = @ResourceArg(name = "broker", value = "false"))
class ReactiveSqlIT {

    private static final Sql VALUES = Sql.of("ReactiveSqlIT.values", """
            select $1::timestamptz as at, $2::date as day, $3::bigint[] @> array[$4::bigint] as found,
                   $5::text as nothing, jsonb_build_object('a', $4::bigint)::text as object, $6::smallint as small
            """);

    private static final Sql SERIES = Sql.of("ReactiveSqlIT.series", "select n from generate_series(1, $1::int) n");

    private static final Sql TAG =
            Sql.of("ReactiveSqlIT.tag", "insert into tags (name) values ($1) returning id::bigint as id");

    private static final String COMMENT = "-- A line of as many characters as it takes to have fifty.\n";
    private static final String TEN =
            COMMENT + COMMENT + COMMENT + COMMENT + COMMENT + COMMENT + COMMENT + COMMENT + COMMENT + COMMENT;

    /** Longer than the 2,048 characters up to which the driver keeps statements by itself. */
    private static final Sql LONG = Sql.of("ReactiveSqlIT.longText", TEN + TEN + TEN + TEN + TEN + "select 1 as n");

    private static final Sql KEPT = Sql.of("ReactiveSqlIT.kept", """
            select count(*) as n from pg_prepared_statements where statement like '%/* ReactiveSqlIT.long' || 'Text */%'
            """);

    private static final Sql SLEEP = Sql.of("ReactiveSqlIT.sleep", "select pg_sleep($1)::text as slept");

    @Inject
    ReactiveSql sql;

    @Inject
    Vertx vertx;

    @Inject
    MeterRegistry meters;

    @Inject
    Pool pool;

    private record Values(Instant at, LocalDate day, boolean found, boolean nothing, String object, short small) {}

    @Test
    void statementsOfAnyLengthStayPrepared() {
        run(() -> sql.one(LONG, row -> row.get("n", Integer.class))).join();

        assertThat(run(() -> sql.one(KEPT, row -> row.get("n", Long.class))).join())
                .contains(1L);
    }

    @Test
    void bindsAndColumnsKeepTheirTypes() {
        Instant at = Instant.parse("2026-03-10T12:00:00Z");
        LocalDate day = LocalDate.of(2026, 3, 10);

        Values values = run(() -> sql.one(
                        VALUES,
                        row -> new Values(
                                row.get("at", Instant.class),
                                row.get("day", LocalDate.class),
                                row.get("found", Boolean.class),
                                row.find("nothing", String.class) == null,
                                row.get("object", String.class),
                                row.get("small", Short.class)),
                        at,
                        day,
                        new long[] {3, 4},
                        4L,
                        null,
                        (short) 7))
                .join()
                .orElseThrow();

        assertThat(values).isEqualTo(new Values(at, day, true, true, "{\"a\": 4}", (short) 7));
    }

    @Test
    void rowsComeInTheStatementsOrder() {
        assertThat(run(() -> sql.list(SERIES, row -> row.get("n", Integer.class), 3))
                        .join())
                .containsExactly(1, 2, 3);
    }

    @Test
    void moreThanOneRowIsAnError() {
        assertThatThrownBy(() -> run(() -> sql.one(SERIES, row -> row.get("n", Integer.class), 2))
                        .join())
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ReactiveSqlIT.series returned 2 rows");
    }

    @Test
    void wrongNumberOfBindsIsAnError() {
        assertThatThrownBy(() -> sql.list(SERIES, row -> row)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void violatedConstraintIsNamed() {
        String name = UUID.randomUUID().toString();
        run(() -> sql.one(TAG, row -> row.get("id", Long.class), name)).join();

        SqlFailure failure = failure(run(() -> sql.one(TAG, row -> row.get("id", Long.class), name)));

        assertThat(failure.sqlState()).isEqualTo("23505");
        assertThat(failure.constraint()).contains("tags_name_key");
        assertThat(failure.isUnavailable()).isFalse();
        assertThat(failure.getMessage()).contains("ReactiveSqlIT.tag").doesNotContain(name);
    }

    @Test
    void statementEndsAtTheRolesTimeout() {
        SqlFailure failure = failure(run(() -> sql.one(SLEEP, row -> "slept", 20.0)));

        assertThat(failure.isTimeout()).isTrue();
        assertThat(meters.get("tidegate.sql.query")
                        .tags("query", "ReactiveSqlIT.sleep", "outcome", "error")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void fullQueueIsAnsweredAtOnceAndNamesTheTier() {
        SqlConnection held = await(pool.getConnection());
        Future<SqlConnection> waiting = pool.getConnection();
        Awaitility.await().until(() -> gauge("tidegate.pool.waiting") == 1);
        double rejected = count("tidegate.pool.rejected");
        long waits = waits();

        SqlFailure failure = failure(run(() -> sql.one(SLEEP, row -> "slept", 0.0)));
        RestAssured.given()
                .auth()
                .oauth2(Tokens.of(1, 1).sign())
                .get("/v1/daily-plan/today")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("type", Matchers.equalTo("https://tidegate.dev/problems/tier-saturated"))
                .body("detail", Matchers.containsString("web-api"));

        assertThat(failure.sqlState()).isEqualTo(SqlFailure.NO_CONNECTION);
        assertThat(failure.getMessage()).contains("max wait queue size of 1");
        assertThat(count("tidegate.pool.rejected")).isEqualTo(rejected + 2);
        assertThat(waits()).as("who is refused has waited for nothing").isEqualTo(waits);
        assertThat(gauge("tidegate.pool.in.use")).isEqualTo(1);
        assertThat(gauge("tidegate.pool.waiting")).isEqualTo(1);
        waiting.onSuccess(SqlConnection::close);
        await(held.close());
    }

    @Test
    void saturatedPoolIsReportedAtOnceAndNoReasonToBeTakenOutOfService() {
        Awaitility.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
        SqlConnection held = await(pool.getConnection());
        Future<SqlConnection> waiting = pool.getConnection();
        Awaitility.await().until(() -> gauge("tidegate.pool.waiting") == 1);
        double rejected = count("tidegate.pool.rejected");

        String report = "checks.find { it.name == 'connection pool web_api' }.data.";
        RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body(report + "inUse", Matchers.equalTo(1))
                .body(report + "waiting", Matchers.equalTo(1))
                .body(report + "max", Matchers.equalTo(1));

        assertThat(count("tidegate.pool.rejected"))
                .as("the report asks for no connection")
                .isEqualTo(rejected);
        waiting.onSuccess(SqlConnection::close);
        await(held.close());
    }

    @Test
    void waitForAConnectionEnds() {
        SqlConnection held = await(pool.getConnection());
        double timeouts = count("tidegate.pool.timeouts");
        long waits = waits();

        SqlFailure failure = failure(run(() -> sql.one(SLEEP, row -> "slept", 0.0)));

        assertThat(failure.sqlState()).isEqualTo(SqlFailure.NO_CONNECTION);
        assertThat(failure.isUnavailable()).isTrue();
        assertThat(count("tidegate.pool.timeouts")).isEqualTo(timeouts + 1);
        assertThat(waits()).isEqualTo(waits + 1);
        await(held.close());
    }

    private double gauge(String name) {
        return meters.get(name).tag("role", "web_api").gauge().value();
    }

    private double count(String name) {
        return meters.get(name).tag("role", "web_api").counter().count();
    }

    private long waits() {
        return meters.get("tidegate.pool.wait").tag("role", "web_api").timer().count();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static SqlFailure failure(CompletableFuture<?> outcome) {
        Throwable failure = outcome.handle((result, thrown) -> thrown).join();
        assertThat(failure).isInstanceOf(SqlFailure.class);
        return (SqlFailure) failure;
    }

    /** As a request runs: on an event loop, in a context of its own. */
    private <T> CompletableFuture<T> run(Supplier<Uni<T>> work) {
        var outcome = new CompletableFuture<T>();
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(go -> work.get().subscribe().with(outcome::complete, outcome::completeExceptionally));
        return outcome;
    }

    /** Chores are off: they would take the one place to wait. */
    public static class SmallPool implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.reactive.max-size",
                    "1",
                    "tidegate.pool.waiting",
                    "1",
                    "tidegate.pool.timeout",
                    "5s",
                    "quarkus.scheduler.enabled",
                    "false");
        }
    }
}
