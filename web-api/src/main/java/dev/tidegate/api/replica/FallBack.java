package dev.tidegate.api.replica;

import dev.tidegate.sql.SqlFailure;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a read goes to the primary instead of the replica. */
enum FallBack {
    /** Its answers would be too old, or nothing is known of them. */
    LAG,
    /** Nobody there, on the way down, or silent. */
    DOWN,
    /** All connections to it are in use and enough reads wait, or the role's limit is reached. */
    BUSY,
    /** Replay removed rows that the read needed, and ended it. */
    CONFLICT,
    /** A migration is not replayed yet: a table, column or function is missing. */
    SCHEMA;

    /** The reason if the primary may know better; empty if it would fail likewise, or ran into its time limit. */
    static Optional<FallBack> of(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return Optional.of(DOWN);
        }
        if (!(failure instanceof SqlFailure refused)) {
            return Optional.empty();
        }
        String state = refused.sqlState();
        if (state.startsWith("53") || isPoolFull(refused)) {
            return Optional.of(BUSY);
        } else if (refused.isUnavailable()) {
            return Optional.of(DOWN);
        } else if (state.equals("40001") || state.equals("40P01")) {
            return Optional.of(CONFLICT);
        } else if (state.startsWith("42")) {
            return Optional.of(SCHEMA);
        }
        return Optional.empty();
    }

    private static boolean isPoolFull(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(16)
                .anyMatch(ConnectionPoolTooBusyException.class::isInstance);
    }
}
