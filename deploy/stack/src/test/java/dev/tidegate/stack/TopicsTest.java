package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import org.junit.jupiter.api.Test;

class TopicsTest {

    /** One record in flight per partition, one connection per record: more partitions would only queue for connections. */
    @Test
    void lanesHaveAsManyPartitionsAsTheirRolesHaveConnections() {
        ConnectionBudget budget = ConnectionBudget.load();

        assertThat(Topics.load().partitions())
                .containsEntry("plan-requests", budget.of(DatabaseRole.PLAN_INTERACTIVE))
                .containsEntry("plan-precompute", budget.of(DatabaseRole.PLAN_PRECOMPUTE));
    }
}
