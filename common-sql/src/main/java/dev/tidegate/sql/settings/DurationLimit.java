package dev.tidegate.sql.settings;

import java.time.Duration;
import java.util.Locale;

/** A limit that is a time, written as {@code 100ms}, {@code 5s}, {@code 10m}, {@code 24h} or {@code 14d}, a number of
 * seconds, or as ISO 8601 has it. */
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
        return within(least, most, text, DurationLimit::parsed, DurationLimit::shown);
    }

    private static Duration parsed(String text) {
        if (text.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - "ms".length())));
        }
        if (text.chars().allMatch(Character::isDigit)) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        if (text.endsWith("d")) {
            return Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
        }
        return Duration.parse(text.startsWith("P") ? text : "PT" + text);
    }

    private static String shown(Duration duration) {
        return duration.toMillisPart() == 0
                ? duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT)
                : duration.toMillis() + "ms";
    }
}
