package dev.tidegate.api.plan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which attempt at a plan a request asks for; becomes the message's header {@code retry}. */
enum Attempt {
    /** The first, as far as the sender knows. */
    FIRST(null),
    /** One after a failure, which counts like those before. */
    NEXT("next"),
    /** One that an operator wants: the attempts so far count no longer. */
    REPLAY("replay");

    private final Optional<String> retryHeader;

    Attempt(@Nullable String retryHeader) {
        this.retryHeader = Optional.ofNullable(retryHeader);
    }

    /** What failed before is tried after its neighbours and alone, so the worker has to know it beforehand. */
    Optional<String> retryHeader() {
        return retryHeader;
    }
}
