package dev.tidegate.api.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An import and how far it is.
 *
 * @param kind what the file holds
 * @param format how it is written
 * @param fileBytes its size
 * @param status succeeded and failed are final
 * @param failure why nothing was imported; present if it failed
 * @param entriesRead entries of the file that have been checked
 * @param rowsWritten rows written so far; they can be seen once the import has succeeded
 * @param flaws what is wrong with the file, the first 100; nothing is imported of a file that has any
 * @param createdAt when the file had arrived
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ContentImport(
        long id,
        Kind kind,
        Format format,
        long fileBytes,
        Status status,
        @Nullable Failure failure,
        int entriesRead,
        int rowsWritten,
        List<Flaw> flaws,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    @Schema(name = "ImportStatus")
    enum Status {
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("succeeded")
        SUCCEEDED,
        @JsonProperty("failed")
        FAILED;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }
}
