package dev.tidegate.stack;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Makes the services' own statements slow, for tests and benchmarks: plans are locked for 0.6 s out of every 1.5 s, as by a careless change of
 * the table. Whoever reads or writes one meanwhile holds a connection and waits; that is within every role's
 * lock_timeout, so nothing fails by it.
 */
public final class SlowStatements implements AutoCloseable {

    private static final long PAUSE_MILLIS = 900;

    private final JdbcSql database;
    private final Thread thread;

    /** Begins at once and ends when it is closed; PostgreSQL must be running. */
    public SlowStatements(Stack stack) {
        this.database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        this.thread = Thread.ofPlatform().name("slow-statements").start(this::run);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            while (true) {
                database.inTransaction(transaction -> {
                    transaction.update(LOCK);
                    return transaction.one(HOLD, row -> true);
                });
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static final Sql LOCK = Sql.of("SlowStatements.lock", "lock table daily_plans in access exclusive mode");
    private static final Sql HOLD = Sql.of("SlowStatements.hold", "select pg_sleep(0.6)::text as held");
}
