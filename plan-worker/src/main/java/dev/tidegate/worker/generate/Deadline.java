package dev.tidegate.worker.generate;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Until when somebody waits for what a message asks for: its header {@code deadline}, an instant in ISO 8601. */
public final class Deadline {

    static final String HEADER = "deadline";

    private Deadline() {}

    /** The deadline of a message with these headers; empty if it has none, or one that cannot be read. */
    static Optional<Instant> of(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(HEADER))
                .map(Header::value)
                .flatMap(value -> {
                    try {
                        return Optional.of(Instant.parse(new String(value, StandardCharsets.UTF_8)));
                    } catch (DateTimeException e) {
                        return Optional.empty();
                    }
                });
    }

    /** Whether a message with these headers comes too late to be worth a statement. */
    public static boolean hasPassed(Headers headers, Instant now) {
        return of(headers).filter(last -> !now.isBefore(last)).isPresent();
    }
}
