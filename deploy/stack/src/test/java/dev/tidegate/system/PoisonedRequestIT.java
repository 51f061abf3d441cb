package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.tidegate.sql.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One user whose plan cannot be written fails alone, visibly, and is told so in words fit for a user. */
class PoisonedRequestIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final String INTERNAL_DETAIL = "sabotage in a test";

    @AfterEach
    void removeTheSabotage() {
        RUNNING.database().update(RESTORE);
    }

    @Test
    void onlyTheCulpritGoesToTheDeadLetters() {
        List<Long> users = new ArrayList<>(RUNNING.learners().create(20));
        long culprit = users.remove(10);
        RUNNING.database().update(SABOTAGE_FUNCTION);
        RUNNING.database().update(SABOTAGE);
        RUNNING.database().update(NAME_THE_CULPRIT, culprit);
        TodayClient today = RUNNING.today();

        users.forEach(today::get);
        today.get(culprit);

        users.forEach(today::awaitPlan);
        await().atMost(Duration.ofSeconds(60)).until(() -> today.get(culprit).statusCode(), status -> status == 503);
        today.get(culprit)
                .then()
                .body("type", equalTo("https://tidegate.dev/problems/plan-failed"))
                .header("Retry-After", notNullValue())
                .body(not(containsString(INTERNAL_DETAIL)));
        assertThat(RUNNING.learners().plans(List.of(culprit))).isZero();
        assertThat(deadLetterOf(culprit)).contains("rejected_data").contains(INTERNAL_DETAIL);
        assertThat(RUNNING.database().one(BOOKED, row -> row.get("reason", String.class), culprit))
                .contains("rejected_data");
    }

    private static String deadLetterOf(long user) {
        List<ConsumerRecord<String, String>> letters = Topics.records(RUNNING.stack(), "plan-requests-dlq").stream()
                .filter(letter -> letter.key().equals(Long.toString(user)))
                .toList();
        assertThat(letters).isNotEmpty();
        var headers = letters.getLast().headers();
        assertThat(new String(headers.lastHeader("idempotency-key").value(), StandardCharsets.UTF_8))
                .startsWith("daily-plan:" + user + ":");
        return new String(headers.lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
    }

    private static final Sql SABOTAGE_FUNCTION = Sql.of("PoisonedRequestIT.sabotageFunction", """
            create or replace function sabotage() returns trigger language plpgsql as '
            begin
                if (select display_name from users where id = new.user_id) = ''Culprit'' then
                    raise exception ''sabotage in a test'' using errcode = ''22000'';
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
    private static final Sql BOOKED =
            Sql.of("PoisonedRequestIT.booked", "select reason from plan_failures where user_id = $1");
}
