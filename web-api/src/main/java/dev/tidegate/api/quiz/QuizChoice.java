package dev.tidegate.api.quiz;

import dev.tidegate.api.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a quiz is to be drawn from. Exactly one of subject, topics and tags is given.
 *
 * @param subject any of its topics
 * @param topics any of these
 * @param tags questions that carry at least one of these
 * @param minDifficulty 1 if absent
 * @param maxDifficulty 5 if absent
 * @param count how many questions; the quiz has fewer if there are not so many
 * @param title made of the topics if absent
 */
@Schema(description = "What to draw a quiz from: exactly one of subject, topics and tags.")
record QuizChoice(
        @Nullable @Positive Integer subject,
        @Nullable @Size(min = 1, max = 50) List<@NotNull @Positive Integer> topics,
        @Nullable @Size(min = 1, max = 400) List<@NotNull @Positive Integer> tags,
        @Nullable @Min(1) @Max(5) Integer minDifficulty,
        @Nullable @Min(1) @Max(5) Integer maxDifficulty,
        @NotNull @Min(1) @Max(100) Integer count,

        @Nullable @Size(min = 1, max = 200) @Pattern(regexp = "\\P{Cntrl}*", message = "takes no control characters")
        String title) {

    /**
     * Refuses a choice of none or several of the three, and difficulties in the wrong order.
     *
     * @throws Problem 400
     */
    void requireConsistent() {
        long given = Stream.of(subject == null, topics == null, tags == null)
                .filter(absent -> !absent)
                .count();
        if (given != 1) {
            throw Problem.invalid("body", "takes exactly one of subject, topics and tags");
        }
        if (hardest() < easiest()) {
            throw Problem.invalid("maxDifficulty", "takes a number from minDifficulty to 5");
        }
    }

    int easiest() {
        return minDifficulty == null ? 1 : minDifficulty;
    }

    int hardest() {
        return maxDifficulty == null ? 5 : maxDifficulty;
    }

    /** Kind of the pools to draw from; a subject's are those of its topics. */
    String poolKind() {
        return tags == null ? "topic" : "tag";
    }

    /** Ids of the topics or tags, each once; none for a subject. */
    int[] poolOwners() {
        List<Integer> owners = tags != null ? tags : topics != null ? topics : List.of();
        return owners.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    /** Id of the subject, 0 for none. */
    int subjectOrNone() {
        return subject == null ? 0 : subject;
    }
}
