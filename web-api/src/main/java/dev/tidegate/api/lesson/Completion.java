package dev.tidegate.api.lesson;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * That a learner has completed a lesson.
 *
 * @param completedAt the first time
 */
@Schema(name = "LessonCompletion")
record Completion(long lessonId, Instant completedAt) {}
