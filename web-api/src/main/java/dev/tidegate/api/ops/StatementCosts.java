package dev.tidegate.api.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What this tier's statements cost, the most expensive first.
 *
 * @param database of all replicas since the server's figures were reset; left out if the server does not keep any
 * @param unavailable why the server's figures are left out
 * @param process of the process that answers since its start, with the wait for a connection
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatementCosts(
        @Nullable List<InDatabase> database, @Nullable String unavailable, List<InProcess> process) {

    /**
     * A statement as the server measures it.
     *
     * @param name {@code Class.method} of the code that runs it
     * @param buffersPerCall pages of 8 KiB that a call touches, cached or not
     */
    @Schema(name = "StatementInDatabase")
    record InDatabase(String name, long calls, double meanMillis, double maxMillis, long rows, double buffersPerCall) {}

    /**
     * A statement as this process measures it.
     *
     * @param name {@code Class.method} of the code that runs it
     * @param failures calls that ended with an error
     * @param maxMillis of the last minutes
     */
    @Schema(name = "StatementInProcess")
    record InProcess(String name, long calls, long failures, double meanMillis, double maxMillis) {}
}
