package dev.tidegate.api.imports;

import dev.tidegate.sql.SqlFailure;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/** Notes progress twice a second, and ends an import that was given up or whose replica stops. */
final class ReportedProgress implements Progress {

    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(500);

    private final BiPredicate<Integer, Integer> noted;
    private final BooleanSupplier stopping;
    private long last = System.nanoTime();

    /**
     * Progress.
     *
     * @param noted notes entries and rows; false if the import was given up
     */
    ReportedProgress(BiPredicate<Integer, Integer> noted, BooleanSupplier stopping) {
        this.noted = noted;
        this.stopping = stopping;
    }

    @Override
    public void at(int entriesRead, int rowsWritten) {
        if (stopping.getAsBoolean()) {
            throw new ImportFailed(Failure.INTERRUPTED);
        }
        long now = System.nanoTime();
        if (now - last >= BETWEEN) {
            last = now;
            note(entriesRead, rowsWritten);
        }
    }

    private void note(int entriesRead, int rowsWritten) {
        boolean alive;
        try {
            alive = noted.test(entriesRead, rowsWritten);
        } catch (SqlFailure e) {
            // Progress is only shown; the import goes on without it.
            return;
        }
        if (!alive) {
            throw new ImportFailed(Failure.INTERRUPTED);
        }
    }
}
