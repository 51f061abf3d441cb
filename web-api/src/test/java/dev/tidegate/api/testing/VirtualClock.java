package dev.tidegate.api.testing;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until a test moves it; takes the place of the application's clock in all tests. */
@Mock
@Singleton
public class VirtualClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-03-10T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void set(Instant instant) {
        now = instant;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }
}
