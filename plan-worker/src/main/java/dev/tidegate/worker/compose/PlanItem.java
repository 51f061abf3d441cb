package dev.tidegate.worker.compose;

/** One thing to do; an array of them is stored with the plan as deploy/contracts/plan-items.schema.json says. */
public sealed interface PlanItem {

    /** What to do, for the learner. */
    String title();

    /** Why it is in the plan, for the learner. */
    String reason();

    /** Estimated minutes, 1 or more. */
    int minutes();

    /** Review due flashcards. */
    record Review(String title, String reason, int minutes, int count) implements PlanItem {}

    /** Answer questions of a topic. */
    record Quiz(String title, String reason, int minutes, int count, int topicId) implements PlanItem {}

    /** Study the next lesson of a topic. */
    record Lesson(String title, String reason, int minutes, int topicId, long lessonId) implements PlanItem {}

    /** Do the next exercise of a topic. */
    record Exercise(String title, String reason, int minutes, int topicId, long exerciseId) implements PlanItem {}
}
