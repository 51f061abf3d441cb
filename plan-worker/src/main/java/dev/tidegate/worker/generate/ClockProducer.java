package dev.tidegate.worker.generate;

import dev.tidegate.sql.settings.SimulatedClock;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The one place where this service asks the system for the time; tests and the rollover simulator put another there. */
final class ClockProducer {

    private static final Logger LOG = Logger.getLogger(ClockProducer.class);

    @Produces
    @Singleton
    InstantSource clock(@ConfigProperty(name = SimulatedClock.PROPERTY) Optional<String> simulation) {
        return simulation
                .<InstantSource>map(text -> SimulatedClock.parse(text, InstantSource.system()))
                .orElseGet(InstantSource::system);
    }

    /** A clock that cannot be made stops the start, and one that is not the system's is not to be overlooked. */
    void check(@Observes StartupEvent starting, InstantSource clock) {
        if (clock instanceof SimulatedClock simulated) {
            LOG.warnf(
                    "SIMULATED TIME, for benchmarks only: the clock shows %s and runs at %d times the speed from %s on",
                    simulated.instant(), simulated.speed(), simulated.since());
        }
    }
}
