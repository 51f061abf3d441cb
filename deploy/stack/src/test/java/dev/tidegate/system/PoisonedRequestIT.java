package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Service;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One user whose plan cannot be made fails alone, visibly, boundedly, and is told so in words fit for a user. */
class PoisonedRequestIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final String INTERNAL_DETAIL = "sabotage in a test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Four attempts of 8 s, the first of them after that of its batch, and pauses of 42 s together. */
    private static final Duration ALL_ATTEMPTS = Duration.ofSeconds(180);

    @AfterEach
    void removeTheSabotage() {
        RUNNING.database().update(RESTORE);
    }

    @Test
    void dataThatIsRejectedGoesToTheDeadLettersAtOnceAndAlone() {
        List<Long> users = new ArrayList<>(RUNNING.learners().create(20));
        long culprit = users.remove(10);
        RUNNING.database().update(REJECT_FUNCTION);
        sabotage(culprit);
        TodayClient today = RUNNING.today();

        users.forEach(today::get);
        today.get(culprit);

        users.forEach(today::awaitPlan);
        await().atMost(PATIENCE).until(() -> today.get(culprit).statusCode(), status -> status == 503);
        today.get(culprit)
                .then()
                .body("type", equalTo("https://tidegate.dev/problems/plan-failed"))
                .header("Retry-After", notNullValue())
                .body(not(containsString(INTERNAL_DETAIL)));
        assertThat(RUNNING.learners().plans(List.of(culprit))).isZero();
        assertThat(deadLettersOf(culprit))
                .singleElement()
                .satisfies(
                        reason -> assertThat(reason).contains("rejected_data").contains(INTERNAL_DETAIL));
        operator()
                .get("/v1/ops/plan-failures?user=" + culprit)
                .then()
                .body("items[0].state", equalTo("failed"))
                .body("items[0].reason", equalTo("rejected_data"))
                .body("items[0].attempts", equalTo(1));
    }

    @Test
    void userWhoAlwaysRunsIntoTheTimeoutDelaysNobodyIsTriedBoundedlyAndCanBeReplayed() {
        List<Long> everybody = RUNNING.learners().create(400);
        long culprit = everybody.getFirst();
        List<Long> neighbours = everybody.stream()
                .filter(user -> user != culprit && partition(user) == partition(culprit))
                .toList();
        assertThat(neighbours).hasSizeGreaterThan(30);
        RUNNING.database().update(SLEEP_FUNCTION);
        sabotage(culprit);
        TodayClient today = RUNNING.today();

        everybody.forEach(today::token);
        today.get(culprit);
        List<CompletableFuture<Integer>> asked =
                neighbours.stream().map(today::status).toList();
        assertThat(asked.stream().map(CompletableFuture::join)).containsOnly(202);

        // Whatever neighbours wait for, it is the culprit's first attempt, and none of its later ones.
        await().atMost(PATIENCE).until(() -> RUNNING.learners().plans(neighbours), made -> made == neighbours.size());
        assertThat(attempts(culprit)).isLessThanOrEqualTo(1);

        await().atMost(PATIENCE).until(() -> attempts(culprit) >= 1);
        operator()
                .get("/v1/ops/plan-failures?user=" + culprit)
                .then()
                .body("items[0].state", equalTo("retrying"))
                .body("items[0].reason", equalTo("timeout"))
                .body("items[0].nextAttemptAt", notNullValue());
        today.get(culprit).then().statusCode(202);
        List<Long> later = RUNNING.learners().create(30);
        later.forEach(today::get);
        later.forEach(today::awaitPlan);

        await().atMost(ALL_ATTEMPTS).until(() -> today.get(culprit).statusCode(), status -> status == 503);
        today.get(culprit)
                .then()
                .body("type", equalTo("https://tidegate.dev/problems/plan-failed"))
                .body("detail", containsString("took too long"))
                .body(not(containsString("57014")));
        operator()
                .get("/v1/ops/plan-failures?user=" + culprit)
                .then()
                .body("items[0].state", equalTo("failed"))
                .body("items[0].attempts", equalTo(4))
                .body("items[0].failedAt", notNullValue())
                .body("items[0].detail", containsString("57014"))
                .body("items[0]", not(hasKey("nextAttemptAt")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLettersOf(culprit))
                        .singleElement()
                        .satisfies(reason -> assertThat(reason).startsWith("timeout")));

        RUNNING.database().update(RESTORE);
        replay(culprit);

        today.awaitPlan(culprit);
        operator()
                .get("/v1/ops/plan-failures?user=" + culprit)
                .then()
                .body("items[0].state", equalTo("resolved"))
                .body("items[0].attempts", equalTo(0));
        assertThat(deadLettersOf(culprit)).hasSize(1);
    }

    private static void replay(long user) {
        String day = operator()
                .get("/v1/ops/plan-failures?user=" + user)
                .then()
                .extract()
                .path("items[0].planDate");
        operator()
                .post("/v1/ops/plan-failures/" + user + "/" + day + "/replay")
                .then()
                .statusCode(202);
    }

    private static RequestSpecification operator() {
        return given().baseUri(
                        RUNNING.stack().service(Service.WEB_API).baseUri().toString())
                .auth()
                .oauth2(RUNNING.stack().token(1, "operator"));
    }

    /** As Kafka's producers place a key. */
    private static int partition(long user) {
        return Utils.toPositive(Utils.murmur2(Long.toString(user).getBytes(StandardCharsets.UTF_8))) % 6;
    }

    private static int attempts(long user) {
        return RUNNING.database()
                .one(ATTEMPTS, row -> row.get("attempts", Integer.class), user)
                .orElse(0);
    }

    private static List<String> deadLettersOf(long user) {
        return Topics.records(RUNNING.stack(), "plan-requests-dlq").stream()
                .filter(letter -> Objects.equals(letter.key(), Long.toString(user)))
                .peek(letter -> assertThat(header(letter, "idempotency-key")).startsWith("daily-plan:" + user + ":"))
                .map(letter -> header(letter, "dead-letter-reason"))
                .toList();
    }

    private static String header(ConsumerRecord<String, String> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void sabotage(long culprit) {
        RUNNING.database().update(SABOTAGE);
        RUNNING.database().update(NAME_THE_CULPRIT, culprit);
    }

    private static final Sql REJECT_FUNCTION = Sql.of("PoisonedRequestIT.rejectFunction", """
            create or replace function sabotage() returns trigger language plpgsql as '
            begin
                if (select display_name from users where id = new.user_id) = ''Culprit'' then
                    raise exception ''sabotage in a test'' using errcode = ''22000'';
                end if;
                return new;
            end'
            """);
    private static final Sql SLEEP_FUNCTION = Sql.of("PoisonedRequestIT.sleepFunction", """
            create or replace function sabotage() returns trigger language plpgsql as '
            begin
                if (select display_name from users where id = new.user_id) = ''Culprit'' then
                    perform pg_sleep(60);
                end if;
                return new;
            end'
            """);
    private static final Sql SABOTAGE = Sql.of("PoisonedRequestIT.sabotage", """
            create or replace trigger sabotage before insert on daily_plans for each row execute function sabotage()
            """);
    private static final Sql NAME_THE_CULPRIT =
            Sql.of("PoisonedRequestIT.nameTheCulprit", "update users set display_name = 'Culprit' where id = $1");
    private static final Sql RESTORE =
            Sql.of("PoisonedRequestIT.restore", "drop trigger if exists sabotage on daily_plans");
    private static final Sql ATTEMPTS =
            Sql.of("PoisonedRequestIT.attempts", "select attempts from plan_failures where user_id = $1");
}
