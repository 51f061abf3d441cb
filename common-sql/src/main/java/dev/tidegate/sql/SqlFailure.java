package dev.tidegate.sql;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the database refused or that never reached it.
 *
 * <p>The message holds the statement's name, the SQLSTATE and the server's primary message, which quotes no more
 * than a malformed literal (class 22); it may be logged, but is not fit for clients. The cause's message also holds
 * the server's detail, for example the key that exists already. See PostgreSQL's appendix "Error Codes" for the
 * states.
 */
public final class SqlFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The state used when no connection could be had from the pool in time (class 08, connection exception). */
    public static final String NO_CONNECTION = "08000";

    private final String sqlState;
    private final @Nullable String constraint;

    SqlFailure(String name, @Nullable String sqlState, @Nullable String constraint, String message, Throwable cause) {
        super(name + " failed with SQLSTATE " + (sqlState == null ? NO_CONNECTION : sqlState) + ": " + message, cause);
        this.sqlState = sqlState == null ? NO_CONNECTION : sqlState;
        this.constraint = constraint;
    }

    /** Five characters; the first two name the class. */
    public String sqlState() {
        return sqlState;
    }

    /** The violated constraint of class 23 errors. */
    public Optional<String> constraint() {
        return Optional.ofNullable(constraint);
    }

    /**
     * True if a time limit of the role ended it: {@code statement_timeout} or a cancellation (57014),
     * {@code transaction_timeout} (25P04), {@code lock_timeout} (55P03),
     * {@code idle_in_transaction_session_timeout} (25P03).
     */
    public boolean isTimeout() {
        return sqlState.equals("57014")
                || sqlState.equals("25P04")
                || sqlState.equals("55P03")
                || sqlState.equals("25P03");
    }

    /** True if the role's {@code lock_timeout} ended it: somebody else holds the row (55P03). */
    public boolean isWaitForLock() {
        return sqlState.equals("55P03");
    }

    /**
     * True if the database could not be used at all, so that nothing about this statement is to blame and the same
     * work may succeed later, unchanged: no connection (08), too many connections or out of resources (53), shutdown
     * or crash (57P).
     */
    public boolean isUnavailable() {
        return sqlState.startsWith("08") || sqlState.startsWith("53") || sqlState.startsWith("57P");
    }
}
