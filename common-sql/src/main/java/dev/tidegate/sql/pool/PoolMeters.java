package dev.tidegate.sql.pool;

import dev.tidegate.sql.budget.DatabaseRole;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * One pool's metrics, {@code tidegate.pool.*} with the label {@code role}. The drivers' own metrics differ in their names
 * from one service to the next, and neither driver counts refusals and ends of patience, nor tells its maximum.
 */
public final class PoolMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final String role;
    private final Supplier<PoolState> state;
    private final MeterRegistry meters;
    private final Timer wait;
    private final Counter rejected;
    private final Counter timeouts;

    /** @param state asked whenever somebody looks; it must not open a connection */
    public PoolMeters(DatabaseRole role, Supplier<PoolState> state, MeterRegistry meters) {
        this.role = role.roleName();
        this.state = state;
        this.meters = meters;
        gauge("tidegate.pool.size", "Connections that are open", PoolState::size);
        gauge("tidegate.pool.in.use", "Connections that somebody holds", PoolState::inUse);
        gauge("tidegate.pool.waiting", "Callers that wait for a connection", PoolState::waiting);
        gauge("tidegate.pool.min", "Connections that are kept open while nobody asks", PoolState::minimum);
        gauge("tidegate.pool.max", "Connections that may be open at most", PoolState::maximum);
        this.wait = Timer.builder("tidegate.pool.wait")
                .description("Time from asking for a connection to having one or giving up")
                .tag("role", this.role)
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        this.rejected = counter("tidegate.pool.rejected", "Callers refused at once because too many were waiting");
        this.timeouts = counter("tidegate.pool.timeouts", "Callers whose wait for a connection ended without one");
    }

    private void gauge(String name, String description, ToLongFunction<PoolState> figure) {
        Gauge.builder(name, () -> figure.applyAsLong(state.get()))
                .description(description)
                .tag("role", role)
                .register(meters);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tag("role", role).register(meters);
    }

    /** The pool as it is now. */
    public PoolState state() {
        return state.get();
    }

    /** Somebody asked for a connection at {@code startNanos} and now has one, or an error of the server. */
    public void waited(long startNanos) {
        wait.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    /** Somebody was refused at once. */
    public void rejected() {
        rejected.increment();
    }

    /** Somebody asked for a connection at {@code startNanos} and has given up. */
    public void timedOut(long startNanos) {
        waited(startNanos);
        timeouts.increment();
    }
}
