package dev.tidegate.api.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.tidegate.api.testing.CardRows;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.testing.TestQueries;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The role's limits through the reactive pool. Each is lowered for the role in this database; its connections are ended
 * so that new ones have the lower limit.
 */
@QuarkusTest
@WithTestResource(Servers.class)
class TimeoutsIT {

    private static final Sql SLEEP = Sql.of("TimeoutsIT.sleep", "select pg_sleep(60)::text as slept");
    private static final Sql NAP = Sql.of("TimeoutsIT.nap", "select pg_sleep(0.01)::text as slept");
    private static final Sql PID = Sql.of("TimeoutsIT.pid", "select pg_backend_pid() as pid");

    private final CardRows rows = new CardRows();

    @Inject
    ReactiveSql sql;

    @Inject
    Vertx vertx;

    @AfterEach
    void restoreTheShippedLimits() throws SQLException {
        set("reset all");
    }

    @Test
    void statementEnds() throws SQLException {
        set("set statement_timeout = '250ms'");

        assertThat(failure(() -> sql.one(SLEEP, row -> row)).sqlState()).isEqualTo("57014");

        assertWorks();
    }

    @Test
    void transactionEnds() throws SQLException {
        set("set transaction_timeout = '250ms'");

        SqlFailure failure = failure(() -> sql.inTransaction(transaction -> transaction
                .one(NAP, row -> row)
                .repeat()
                .indefinitely()
                .collect()
                .last()));

        assertGone(failure);
    }

    @Test
    void idleTransactionEnds() throws SQLException {
        set("set idle_in_transaction_session_timeout = '250ms'");

        SqlFailure failure = failure(() -> sql.inTransaction(transaction -> transaction
                .one(PID, row -> row.get("pid", Integer.class))
                .call(pid ->
                        Uni.createFrom().completionStage(CompletableFuture.runAsync(() -> awaitEnd(pid.orElseThrow()))))
                .flatMap(pid -> transaction.one(PID, row -> row))));

        assertGone(failure);
    }

    @Test
    void waitForALockEndsAndTheCallerLearnsWhichTierGaveUp() throws SQLException {
        set("set lock_timeout = '250ms'");
        try (Connection holder = Rows.as("postgres").getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table decks in access exclusive mode");

            given().auth()
                    .oauth2(Tokens.of(1, 1).sign())
                    .get("/v1/decks")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue())
                    .body("type", equalTo("https://tidegate.dev/problems/query-timeout"))
                    .body("detail", containsString("web-api"));
            holder.rollback();
        }

        given().auth().oauth2(Tokens.of(1, 1).sign()).get("/v1/decks").then().statusCode(200);
        assertWorks();
    }

    /** These two limits end the connection. Vert.x does not pass on why, only that it has gone. */
    private void assertGone(SqlFailure failure) {
        assertThat(failure.isUnavailable())
                .as("answered 503 with the tier: %s", failure)
                .isTrue();
        assertWorks();
    }

    private void assertWorks() {
        assertThat(run(() -> sql.one(PID, row -> row.get("pid", Integer.class))).join())
                .isPresent();
    }

    private void set(String setting) throws SQLException {
        String database = rows.all("select current_database()").getFirst();
        TestQueries.execute(Rows.as("postgres"), "alter role web_api in database " + database + " " + setting);
        rows.all("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'web_api'");
        await().ignoreExceptions().untilAsserted(this::assertWorks);
    }

    private void awaitEnd(int pid) {
        await().until(() ->
                rows.all("select pid from pg_stat_activity where pid = " + pid).isEmpty());
    }

    private SqlFailure failure(Supplier<? extends Uni<?>> work) {
        Throwable failure = run(work).handle((result, thrown) -> thrown).join();
        assertThat(failure).isInstanceOf(SqlFailure.class);
        return (SqlFailure) failure;
    }

    /** As a request runs: on an event loop, in a context of its own. */
    private <T> CompletableFuture<T> run(Supplier<? extends Uni<? extends T>> work) {
        var outcome = new CompletableFuture<T>();
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(go -> work.get().subscribe().with(outcome::complete, outcome::completeExceptionally));
        return outcome;
    }
}
