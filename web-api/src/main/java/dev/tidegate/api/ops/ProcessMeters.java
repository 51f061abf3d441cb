package dev.tidegate.api.ops;

import dev.tidegate.api.ops.StatementCosts.InProcess;
import dev.tidegate.sql.budget.DatabaseRole;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What this process has measured of itself. */
@Singleton
class ProcessMeters {

    private final MeterRegistry meters;

    ProcessMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    Budget.Pool pool() {
        return new Budget.Pool(
                gauge("tidegate.pool.in.use"), gauge("tidegate.pool.waiting"), gauge("tidegate.pool.max"));
    }

    private long gauge(String name) {
        @Nullable
        Gauge gauge =
                meters.find(name).tag("role", DatabaseRole.WEB_API.roleName()).gauge();
        return gauge == null ? 0 : Math.round(gauge.value());
    }

    /** Statements by the time they took in total. */
    List<InProcess> mostExpensive(int limit) {
        return meters.find("tidegate.sql.query").timers().stream()
                .collect(Collectors.groupingBy(
                        timer -> String.valueOf(timer.getId().getTag("query"))))
                .entrySet()
                .stream()
                .sorted(Comparator.comparingDouble(statement -> -totalMillis(statement.getValue())))
                .limit(limit)
                .map(statement -> inProcess(statement.getKey(), statement.getValue()))
                .toList();
    }

    private static InProcess inProcess(String name, Collection<Timer> outcomes) {
        long calls = outcomes.stream().mapToLong(Timer::count).sum();
        long failures = outcomes.stream()
                .filter(timer -> "error".equals(timer.getId().getTag("outcome")))
                .mapToLong(Timer::count)
                .sum();
        double max = outcomes.stream()
                .mapToDouble(timer -> timer.max(TimeUnit.MILLISECONDS))
                .max()
                .orElse(0);
        return new InProcess(name, calls, failures, calls == 0 ? 0 : totalMillis(outcomes) / calls, max);
    }

    private static double totalMillis(Collection<Timer> outcomes) {
        return outcomes.stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum();
    }
}
