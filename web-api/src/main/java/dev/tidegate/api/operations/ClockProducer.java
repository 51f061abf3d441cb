package dev.tidegate.api.operations;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

class ClockProducer {

    /** The only source of "now"; a test or a simulator puts another in its place. */
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
