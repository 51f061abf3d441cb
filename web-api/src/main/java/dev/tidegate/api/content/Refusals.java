package dev.tidegate.api.content;

import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.Problem.Violation;
import dev.tidegate.sql.SqlFailure;
import java.util.Map;
import java.util.Optional;

/** What the schema's constraints mean to an editor. The database decides; this only finds the words. */
final class Refusals {

    private static final Map<String, Violation> TAKEN = Map.of(
            "subjects_name_key", new Violation("name", "is the name of another subject"),
            "topics_subject_id_name_key", new Violation("name", "is the name of another topic of the subject"),
            "topics_subject_id_position_key", new Violation("position", "is that of another topic of the subject"),
            "lessons_topic_id_position_id_minutes_key",
                    new Violation("position", "is that of another lesson of the topic"),
            "exercises_topic_id_position_id_minutes_key",
                    new Violation("position", "is that of another exercise of the topic"),
            "tags_name_key", new Violation("name", "is the name of another tag"));

    private static final Map<String, Violation> UNKNOWN = Map.of(
            "topics_subject_id_fkey", new Violation("subjectId", "names no subject"),
            "lessons_topic_id_fkey", new Violation("topicId", "names no topic"),
            "questions_topic_id_fkey", new Violation("topicId", "names no topic"),
            "flashcards_topic_id_fkey", new Violation("topicId", "names no topic"),
            "exercises_topic_id_fkey", new Violation("topicId", "names no topic"),
            "question_tags_tag_id_fkey", new Violation("tags", "holds an id that names no tag"));

    private static final Map<String, String> USERS = Map.of(
            "topics_subject_id_fkey", "topics",
            "lessons_topic_id_fkey", "lessons",
            "questions_topic_id_fkey", "questions",
            "flashcards_topic_id_fkey", "flashcards",
            "exercises_topic_id_fkey", "exercises",
            "question_tags_tag_id_fkey", "questions");

    private static final String FOREIGN_KEY = "23503";

    private Refusals() {}

    /** Why a row could not be written. */
    static Throwable ofWrite(SqlFailure failure) {
        Optional<String> constraint = failure.constraint();
        return constraint
                .map(TAKEN::get)
                .map(taken -> Problem.conflict(taken.field(), taken.message()))
                .or(() -> constraint
                        .map(UNKNOWN::get)
                        .map(unknown -> Problem.unknownReference(unknown.field(), unknown.message())))
                .map(Throwable.class::cast)
                .orElse(failure);
    }

    /** Why a row could not be removed. */
    static Throwable ofDelete(Kind<?, ?> kind, SqlFailure failure) {
        if (!failure.sqlState().equals(FOREIGN_KEY)) {
            return failure;
        }
        return failure.constraint()
                .map(USERS::get)
                .map(users -> Problem.conflict(kind.named() + " still has " + users + "; remove those first."))
                .orElseGet(() -> inUse(kind));
    }

    /** Learners' records refer to a row, and would lose their meaning without it. */
    static Problem inUse(Kind<?, ?> kind) {
        return Problem.conflict(kind.named() + " is part of learners' records. " + kind.insteadOfDelete());
    }

    /** Learners' records were counted for the parent, and would be wrong under another one. */
    static Problem tied(Kind<?, ?> kind) {
        return Problem.conflict(kind.parentField(), "cannot change: learners' records were counted there");
    }
}
