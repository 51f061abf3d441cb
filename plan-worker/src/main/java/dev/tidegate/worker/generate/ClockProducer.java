package dev.tidegate.worker.generate;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** The one place where this service asks the system for the time. */
final class ClockProducer {

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }
}
