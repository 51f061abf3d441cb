package dev.tidegate.api.catalogue;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A label on questions that cuts across topics.
 *
 * @param questions validated ones that carry it
 */
@Schema(description = "A label on questions that cuts across topics.")
record Tag(int id, String name, int questions) {

    /** Ordered by name. */
    @Schema(name = "Tags")
    record All(List<Tag> items) {}
}
