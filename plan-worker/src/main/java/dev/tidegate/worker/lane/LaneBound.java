package dev.tidegate.worker.lane;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.settings.IntLimit;
import java.util.Locale;

/** How many sessions may generate in a lane over all processes: 1 to what the budget gives the lane's role. */
final class LaneBound extends IntLimit {

    private static final long serialVersionUID = 1L;

    LaneBound(String lane, DatabaseRole role) {
        super(
                "TIDEGATE_LANE_" + lane.toUpperCase(Locale.ROOT),
                1,
                ConnectionBudget.load().of(role));
    }
}
