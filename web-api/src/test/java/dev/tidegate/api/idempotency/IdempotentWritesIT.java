package dev.tidegate.api.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the addition of a tag in the place of every keyed write: all take the same way. */
@QuarkusTest
@WithTestResource(Servers.class)
class IdempotentWritesIT {

    private static final String TAGS = "/v1/content/tags";

    private final Rows rows = new Rows();
    private final String key = UUID.randomUUID().toString();
    private final String name = UUID.randomUUID().toString();

    @Inject
    VirtualClock clock;

    @Inject
    ExpiredKeys expired;

    private long tenant;
    private long user;

    @BeforeEach
    void arrange() {
        clock.set(Instant.parse("2026-03-10T12:00:00Z"));
        tenant = rows.tenant("school " + UUID.randomUUID());
        user = rows.user(tenant, "UTC", 0);
    }

    private RequestSpecification as(long whom) {
        return given().auth()
                .oauth2(Tokens.of(whom, tenant).groups("editor").sign())
                .contentType(ContentType.JSON);
    }

    private Response add(String withKey, String tag) {
        return as(user).header("Idempotency-Key", withKey)
                .body("{\"name\": \"" + tag + "\"}")
                .post(TAGS);
    }

    @Test
    void repetitionIsAnsweredAsTheFirstWasAndWritesNothing() {
        Response first = add(key, name);
        // Other spaces make no other request.
        Response second = as(user).header("Idempotency-Key", key)
                .body("{ \"name\":\"" + name + "\"\n}")
                .post(TAGS);

        first.then().statusCode(201);
        second.then().statusCode(201).contentType(ContentType.JSON).header("Location", first.header("Location"));
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(tags(name)).isEqualTo(1);
    }

    @Test
    void repetitionIsAnsweredAsTheFirstWasEvenIfWhatItMadeIsGone() {
        Response first = add(key, name);
        as(user).delete(first.header("Location")).then().statusCode(204);

        add(key, name).then().statusCode(201).header("Location", first.header("Location"));

        assertThat(tags(name)).isZero();
    }

    @Test
    void keyOfAnotherBodyIsRefused() {
        add(key, name).then().statusCode(201);

        add(key, "other " + name)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tidegate.dev/problems/idempotency-key-reused"));

        assertThat(tags("other " + name)).isZero();
    }

    @Test
    void keyOfAnotherOperationIsRefused() {
        add(key, name).then().statusCode(201);

        as(user).header("Idempotency-Key", key)
                .body("{\"name\": \"" + name + "\", \"examWeight\": 1}")
                .post("/v1/content/subjects")
                .then()
                .statusCode(422)
                .body("type", equalTo("https://tidegate.dev/problems/idempotency-key-reused"));
    }

    @Test
    void keysOfDifferentUsersAreDifferentKeys() {
        long other = rows.user(tenant, "UTC", 0);
        add(key, name).then().statusCode(201);

        as(other)
                .header("Idempotency-Key", key)
                .body("{\"name\": \"other " + name + "\"}")
                .post(TAGS)
                .then()
                .statusCode(201);

        assertThat(keys()).isEqualTo(2);
    }

    @Test
    void failedWriteLeavesNoKeyAndMayBeRepeated() {
        long taken = number("insert into tags (name) values (?) returning id", name);
        add(key, name).then().statusCode(409);
        assertThat(keys()).isZero();

        number("delete from tags where id = ? returning id", taken);

        add(key, name).then().statusCode(201);
    }

    @Test
    void invalidBodyLeavesNoKey() {
        add(key, "").then().statusCode(400);

        assertThat(keys()).isZero();
    }

    @Test
    void userWhomTheTenantDoesNotHaveWritesNothing() {
        given().auth()
                .oauth2(Tokens.of(user, tenant + 1).groups("editor").sign())
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body("{\"name\": \"" + name + "\"}")
                .post(TAGS)
                .then()
                .statusCode(404);

        assertThat(tags(name)).isZero();
        assertThat(keys()).isZero();
    }

    @Test
    void requestBesideARunningOneIsToldToComeBack() throws SQLException {
        try (Connection running = Rows.as("postgres").getConnection()) {
            running.setAutoCommit(false);
            claim(running);

            add(key, name)
                    .then()
                    .statusCode(409)
                    .header("Retry-After", "1")
                    .contentType("application/problem+json")
                    .body("type", equalTo("https://tidegate.dev/problems/request-in-flight"));

            running.rollback();
        }
        assertThat(tags(name)).isZero();
        add(key, name).then().statusCode(201);
    }

    @Test
    void requestBesideOneThatFailsMeanwhileDoesTheWork() throws SQLException {
        try (Connection running = Rows.as("postgres").getConnection()) {
            running.setAutoCommit(false);
            claim(running);

            var second = CompletableFuture.supplyAsync(() -> add(key, name));
            Awaitility.await()
                    .until(() ->
                            number("select count(*) from pg_locks where not granted and locktype = 'transactionid'")
                                    > 0);
            running.rollback();

            second.join().then().statusCode(201);
        }
        assertThat(tags(name)).isEqualTo(1);
    }

    @Test
    void simultaneousRequestsWithOneKeyWriteOnce() {
        int requests = 8;
        var barrier = new CyclicBarrier(requests);
        CompletableFuture<?>[] answers = new CompletableFuture<?>[requests];
        for (int i = 0; i < requests; i++) {
            answers[i] = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            barrier.await();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        return add(key, name);
                    },
                    task -> Thread.ofVirtual().start(task));
        }
        CompletableFuture.allOf(answers).join();

        for (CompletableFuture<?> answer : answers) {
            assertThat(((Response) answer.join()).statusCode()).isIn(201, 409);
        }
        assertThat(tags(name)).isEqualTo(1);
        add(key, name).then().statusCode(201);
    }

    @Test
    void keyIsForgottenAfterADay() {
        add(key, name).then().statusCode(201);

        clock.advance(Duration.ofHours(24));
        add(key, "other " + name).then().statusCode(422);
        clock.advance(Duration.ofMillis(1));
        add(key, "other " + name).then().statusCode(201);

        assertThat(tags("other " + name)).isEqualTo(1);
        add(key, name).then().statusCode(422);
    }

    @Test
    void expiredKeysAreRemovedInBatches() {
        number("delete from idempotency_keys returning user_id");
        number("""
                with written as (
                    insert into idempotency_keys (user_id, key, fingerprint, response_status, created_at)
                    select ?, n::text, sha256(''), 204, timestamptz '2026-03-09 11:59Z' - n * interval '1 s'
                    from generate_series(1, 1500) n
                    returning key
                )
                select count(*) from written""", user);
        add(key, name).then().statusCode(201);

        expired.remove().await().atMost(Duration.ofSeconds(20));
        assertThat(keysOf(user)).isEqualTo(501);
        expired.remove().await().atMost(Duration.ofSeconds(20));
        assertThat(keysOf(user)).isEqualTo(1);

        add(key, name).then().statusCode(201);
        assertThat(tags(name)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "ümlaut", "tab\tinside"})
    void malformedKeyIsRefusedByName(String malformed) {
        assertRefused(add(malformed, name));
    }

    @Test
    void keyIsTakenUpToItsBound() {
        assertRefused(add("k".repeat(201), name));

        add("k".repeat(200), name).then().statusCode(201);
    }

    private void assertRefused(Response answer) {
        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("Idempotency-Key takes 1 to 200 visible ASCII characters"));
        assertThat(tags(name)).isZero();
    }

    /** What a request does first; its transaction is left open. */
    private void claim(Connection running) throws SQLException {
        try (PreparedStatement statement = running.prepareStatement(
                "insert into idempotency_keys (user_id, key, fingerprint, created_at) values (?, ?, sha256(''), now())")) {
            statement.setLong(1, user);
            statement.setString(2, key);
            statement.execute();
        }
    }

    private long keys() {
        return number("select count(*) from idempotency_keys where key = ?", key);
    }

    private static long keysOf(long whom) {
        return number("select count(*) from idempotency_keys where user_id = ?", whom);
    }

    private static long tags(String tag) {
        return number("select count(*) from tags where name = ?", tag);
    }

    private static long number(String text, Object... binds) {
        try (Connection connection = Rows.as("postgres").getConnection();
                PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(i + 1, binds[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
