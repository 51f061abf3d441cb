package dev.tidegate.api.imports;

import java.util.List;

/** Ends an import. Whatever it had written goes with its transaction. */
final class ImportFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final List<Flaw> flaws;

    ImportFailed(Failure failure) {
        this(failure, List.of());
    }

    ImportFailed(Failure failure, List<Flaw> flaws) {
        super(failure.column());
        this.failure = failure;
        this.flaws = List.copyOf(flaws);
    }

    /** The same with what caused it, for the log. */
    ImportFailed because(Throwable cause) {
        initCause(cause);
        return this;
    }

    Failure failure() {
        return failure;
    }

    List<Flaw> flaws() {
        return flaws;
    }
}
