package dev.tidegate.api.lesson;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A lesson as lists show it, without its text.
 *
 * @param position order within the topic, from 1
 * @param minutes estimated
 * @param completed whether the learner has completed it
 */
@Schema(description = "A lesson without its text.")
record LessonSummary(long id, int topicId, int position, String title, int minutes, boolean completed) {}
