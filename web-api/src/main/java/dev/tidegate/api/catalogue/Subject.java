package dev.tidegate.api.catalogue;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A field of study and how much of it there is.
 *
 * @param topics number of topics; all counts are those of the last refresh of the statistics
 * @param questions validated ones
 * @param flashcards active system cards
 */
@Schema(description = "A field of study and how much of it there is.")
record Subject(int id, String name, int topics, int lessons, int questions, int flashcards, int exercises) {

    /** Ordered by name. */
    @Schema(name = "Subjects")
    record All(List<Subject> items) {}
}
