package dev.tidegate.violating;

import java.time.Clock;
import java.time.InstantSource;

/** Breaks nothing: a class of this name is the one that may make a clock. */
final class ClockProducer {

    private ClockProducer() {}

    static InstantSource clock() {
        return Clock.systemUTC();
    }
}
