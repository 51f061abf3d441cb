package dev.tidegate.api.question;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A question that fits what was asked for, without its answer.
 *
 * @param difficulty 1 (easy) to 5 (hard)
 * @param tags ids of the tags it carries
 * @param score how well it fits, above 0; comparable within one answer only
 */
@Schema(description = "A question that fits what was asked for, without its answer.")
record RelatedQuestion(
        long id,
        int topicId,
        String topic,
        int difficulty,
        String stem,
        List<String> options,
        List<Integer> tags,
        double score) {

    /** The best fitting first. */
    @Schema(name = "RelatedQuestions")
    record Found(List<RelatedQuestion> items) {}
}
