package dev.tidegate.api.catalogue;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A chapter of a subject and how much of it there is.
 *
 * @param position order within the subject, from 1
 * @param questions validated ones
 * @param flashcards active system cards
 */
@Schema(description = "A chapter of a subject and how much of it there is.")
record Topic(int id, String name, int position, int lessons, int questions, int flashcards, int exercises) {

    /** Ordered by position. */
    @Schema(name = "Topics")
    record OfSubject(int subjectId, List<Topic> items) {}
}
