package dev.tidegate.api.imports;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** A checked entry, as the statements read it out of JSON. */
sealed interface ImportRow {

    /** Which entry of the file, from 1. */
    int entry();

    /** Where it begins; 0 in a file without lines. */
    int line();

    @JsonNaming(SnakeCaseStrategy.class)
    record QuestionRow(
            int entry,
            int line,
            int topicId,
            int difficulty,
            String validationStatus,
            String stem,
            List<String> options,
            int correctOption,
            String explanation,
            List<String> tags)
            implements ImportRow {}

    @JsonNaming(SnakeCaseStrategy.class)
    record CardRow(int entry, int line, int topicId, String status, String front, String back) implements ImportRow {}

    @JsonNaming(SnakeCaseStrategy.class)
    record LessonRow(int entry, int line, int topicId, int position, String title, String body, int minutes)
            implements ImportRow {}
}
