package dev.tidegate.worker.compose;

/**
 * A lesson or exercise that the learner has not completed.
 *
 * @param id of the lesson or exercise
 * @param minutes estimated time
 */
public record Material(Kind kind, int topicId, long id, String title, int minutes) {

    /** What it is. */
    public enum Kind {
        LESSON,
        EXERCISE
    }
}
