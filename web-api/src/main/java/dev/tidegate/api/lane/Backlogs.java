package dev.tidegate.api.lane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far the lanes have come, as seen a moment ago. Asked by requests, so it only remembers; {@link LaneWatch} looks.
 * Nothing is known of a partition that no worker has ever committed, nor of one that was not looked at for a while.
 */
@Singleton
public class Backlogs {

    /** A look that is older says nothing: the broker does not answer. */
    private static final Duration VALID = Duration.ofSeconds(10);

    private final Map<Partition, Progress> partitions = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Backlogs(InstantSource clock, MeterRegistry meters) {
        this.clock = clock;
        for (Lane lane : Lane.values()) {
            gauge("tidegate.lane.backlog", "Messages of a lane that are not done", lane, Progress::backlog, meters);
            gauge(
                    "tidegate.lane.delay",
                    "Seconds that the messages of a lane's partitions will take, summed",
                    lane,
                    progress -> progress.queued(progress.end() - 1).delay().toMillis() / 1e3,
                    meters);
        }
    }

    /** What is before a message; empty if that is not known. */
    public Optional<Queued> of(Place place) {
        Instant now = clock.instant();
        @Nullable Progress progress = partitions.get(new Partition(place.lane(), place.partition()));
        return progress == null || progress.seenAt().plus(VALID).isBefore(now)
                ? Optional.empty()
                : Optional.of(progress.queued(place.offset()));
    }

    /** Notes a look at a lane: all partitions that its workers have ever committed. */
    void saw(Lane lane, Map<Integer, Offsets> seen) {
        Instant at = clock.instant();
        partitions.keySet().removeIf(known -> known.lane() == lane && !seen.containsKey(known.number()));
        seen.forEach((number, offsets) -> partitions.compute(
                new Partition(lane, number),
                (key, known) -> known == null
                        ? Progress.first(offsets.committed(), offsets.end(), at, lane.firstGuess())
                        : known.next(offsets.committed(), offsets.end(), at)));
    }

    /**
     * Of one partition.
     *
     * @param committed the next message to be done
     * @param end the next to be sent
     */
    record Offsets(long committed, long end) {}

    private void gauge(
            String name, String description, Lane lane, ToDoubleFunction<Progress> value, MeterRegistry meters) {
        Gauge.builder(
                        name,
                        partitions,
                        known -> known.entrySet().stream()
                                .filter(entry -> entry.getKey().lane() == lane)
                                .mapToDouble(entry -> value.applyAsDouble(entry.getValue()))
                                .sum())
                .description(description)
                .tag("lane", lane.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private record Partition(Lane lane, int number) {}
}
