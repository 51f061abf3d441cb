package dev.tidegate.api.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects the answers of a question whose format marks the right ones, and refuses what a question here cannot be:
 * it has exactly one right answer.
 */
final class Choices {

    private final List<String> options = new ArrayList<>();
    private final List<String> feedback = new ArrayList<>();
    private int right;
    private boolean partly;
    private int correct;

    /**
     * Adds an answer.
     *
     * @param percent of the marks it gives; 100 is right, more than 0 partly right
     */
    void add(String option, double percent, String explained) {
        options.add(option);
        feedback.add(explained);
        if (percent >= 100) {
            right++;
            correct = options.size();
        } else if (percent > 0) {
            partly = true;
        }
    }

    /** Why these cannot be the answers of a question; empty if they can. */
    String refusal() {
        if (partly || right > 1) {
            return "has several right answers, which is not supported; one is 100 % right and the others are wrong";
        }
        return right == 0 ? "has no right answer" : "";
    }

    /** The fields of a question with these answers. */
    Entry entry(int number, int line, String topic, String stem, String explanation, List<String> tags) {
        Map<String, String> texts = Map.of(
                "topic",
                topic,
                "stem",
                stem,
                "correctOption",
                Integer.toString(correct),
                "explanation",
                explanation.isBlank() ? feedback.get(correct - 1) : explanation);
        return new Entry(number, line, texts, Map.of("options", List.copyOf(options), "tags", tags));
    }
}
