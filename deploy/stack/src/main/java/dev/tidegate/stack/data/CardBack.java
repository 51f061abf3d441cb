package dev.tidegate.stack.data;

import dev.tidegate.stack.data.Vocabulary.Concept;
import dev.tidegate.stack.data.Vocabulary.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The back of a concept's flashcards: its definition and example, the related ideas, and room for study tips.
 *
 * <p>The width matters as much as the words. The cards of the incident were wide, four to a page, and so were
 * read with one random I/O each; a wider row would be compressed or moved out of the heap, a narrower one would
 * share its page with more neighbours. {@link #TARGET_BYTES} keeps a row between the two.
 *
 * @param text the part that all cards of the concept share
 * @param tips how many of {@link Wording#CARD_TIPS} bring the back closest to its target width
 */
record CardBack(String text, int tips) {

    static final int TARGET_BYTES = 1_765;

    private static final double TIP_BYTES = Arrays.stream(Wording.CARD_TIPS)
            .mapToInt(tip -> bytes(tip) + 1)
            .average()
            .orElseThrow();

    static CardBack of(Topic topic, Concept concept) {
        String related = topic.concepts().stream()
                .filter(other -> other != concept)
                .map(other -> "- %s: %s. %s".formatted(other.term(), other.definition(), other.example()))
                .collect(Collectors.joining("\n"));
        String text = """
                %s: %s.

                Example: %s

                Related ideas in %s
                %s

                How to remember it:""".formatted(concept.term(), concept.definition(), concept.example(), topic.name(), related);
        return new CardBack(text, (int) Math.round((TARGET_BYTES - bytes(text)) / TIP_BYTES));
    }

    /** The backs of all concepts, in the order of their ids. */
    static Stream<CardBack> all(Vocabulary vocabulary) {
        return vocabulary.topics().stream()
                .flatMap(topic -> topic.concepts().stream().map(concept -> of(topic, concept)));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
