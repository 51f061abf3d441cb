package dev.tidegate.api.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Locale;

/** A limit that is a time, written as {@code 100ms}, {@code 5s}, {@code 10m} or {@code 24h}. */
public abstract class DurationLimit extends Limit<Duration> {

    private static final long serialVersionUID = 1L;

    private final Duration least;
    private final Duration most;

    /**
     * A limit.
     *
     * @param variable the environment variable that sets it
     */
    protected DurationLimit(String variable, Duration least, Duration most) {
        super(variable);
        this.least = least;
        this.most = most;
    }

    @Override
    public Duration convert(String text) {
        return within(least, most, text, DurationConverter::parseDuration, DurationLimit::shown);
    }

    private static String shown(Duration duration) {
        return duration.toMillisPart() == 0
                ? duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT)
                : duration.toMillis() + "ms";
    }
}
