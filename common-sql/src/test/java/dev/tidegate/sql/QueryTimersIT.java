package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueryTimersIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final Sql DIVIDE = Sql.of("QueryTimersIT.divide", "select 1 / $1::integer as quotient");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final JdbcSql sql = new JdbcSql(DATABASE.as(DatabaseRole.WEB_API), meters);

    @Test
    void eachExecutionIsTimedUnderItsNameAndOutcome() {
        sql.list(DIVIDE, row -> row.get("quotient", Integer.class), 1);
        sql.inTransaction(transaction -> transaction.one(DIVIDE, row -> row.get("quotient", Integer.class), 2));
        assertThatThrownBy(() -> sql.list(DIVIDE, row -> row.get("quotient", Integer.class), 0))
                .isInstanceOf(SqlFailure.class);

        assertThat(timer("ok").count()).isEqualTo(2);
        assertThat(timer("error").count()).isEqualTo(1);
    }

    @Test
    void rowsThatCannotBeMappedCountAsAnError() {
        assertThatThrownBy(() -> sql.list(DIVIDE, row -> row.get("missing", Integer.class), 1))
                .isInstanceOf(IllegalStateException.class);

        assertThat(timer("error").count()).isEqualTo(1);
    }

    @Test
    void bucketsReachTheLongestStatementTimeoutOfAnyRole() {
        sql.list(DIVIDE, row -> row.get("quotient", Integer.class), 1);

        assertThat(Arrays.stream(timer("ok").takeSnapshot().histogramCounts())
                        .mapToDouble(bucket -> secondsOf(bucket))
                        .max())
                .hasValue(30);
    }

    private static double secondsOf(CountAtBucket bucket) {
        return bucket.bucket(TimeUnit.SECONDS);
    }

    private Timer timer(String outcome) {
        return meters.get("tidegate.sql.query")
                .tag("query", "QueryTimersIT.divide")
                .tag("outcome", outcome)
                .timer();
    }
}
