package dev.tidegate.worker.lane;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import java.util.Locale;

/**
 * How many sessions may generate in a lane over all processes, within what the budget gives its role.
 *
 * @param sessions at least 1
 */
record LaneBound(int sessions) {

    /**
     * Reads a configured bound.
     *
     * @throws IllegalStateException if it is not a whole number within 1 and the role's connections; the message names
     *     the variable, the value and the range
     */
    static LaneBound of(String lane, DatabaseRole role, String value) {
        int highest = ConnectionBudget.load().of(role);
        if (!value.strip().matches("[0-9]{1,4}")
                || Integer.parseInt(value.strip()) < 1
                || Integer.parseInt(value.strip()) > highest) {
            throw new IllegalStateException(
                    "TIDEGATE_LANE_%s=%s is outside 1..%d, the sessions that the connection budget gives role %s"
                            .formatted(lane.toUpperCase(Locale.ROOT), value, highest, role.roleName()));
        }
        return new LaneBound(Integer.parseInt(value.strip()));
    }
}
