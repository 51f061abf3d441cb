package dev.tidegate.sql.pool;

import dev.tidegate.sql.settings.IntLimit;
import java.util.Optional;

/** How many connections a pool keeps open while nobody asks for one: 1 to its maximum. */
public final class PoolMinimum extends IntLimit {

    private static final long serialVersionUID = 1L;

    private PoolMinimum(int maximum) {
        super("TIDEGATE_POOL_MINIMUM", 1, maximum);
    }

    /**
     * The minimum of a pool.
     *
     * @param configured the variable's text
     * @param otherwise the minimum if nothing is configured, less if the pool is smaller
     * @throws IllegalArgumentException with a sentence that names the variable, the text and the range
     */
    public static int of(Optional<String> configured, int otherwise, int maximum) {
        return configured.map(new PoolMinimum(maximum)::convert).orElse(Math.min(otherwise, maximum));
    }
}
