package dev.tidegate.stack.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.stack.data.Vocabulary.Concept;
import dev.tidegate.stack.data.Vocabulary.Subject;
import dev.tidegate.stack.data.Vocabulary.Topic;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private final Vocabulary vocabulary = Vocabulary.load();

    @Test
    void holdsTwelveSubjectsOfSixteenTopicsOfSixConcepts() {
        assertThat(vocabulary.subjects()).hasSize(12);
        assertThat(vocabulary.subjects()).extracting(Subject::name).doesNotHaveDuplicates();
        assertThat(vocabulary.subjects()).allSatisfy(subject -> {
            assertThat(subject.topics()).hasSize(16);
            assertThat(subject.topics()).extracting(Topic::name).doesNotHaveDuplicates();
        });
        assertThat(vocabulary.topics())
                .allSatisfy(topic -> assertThat(topic.concepts()).hasSize(6));
    }

    @Test
    void noDefinitionContainsItsOwnTerm() {
        assertThat(concepts()).noneMatch(concept -> lower(concept.definition()).contains(lower(concept.term())));
    }

    @Test
    void noClueContainsItsOwnTerm() {
        assertThat(concepts()).noneMatch(concept -> lower(concept.clue()).contains(lower(concept.term())));
    }

    @Test
    void choicesWithinATopicAreDistinct() {
        assertThat(vocabulary.topics()).allSatisfy(topic -> {
            assertThat(topic.concepts()).extracting(Concept::term).doesNotHaveDuplicates();
            assertThat(topic.concepts()).extracting(Concept::definition).doesNotHaveDuplicates();
            assertThat(topic.concepts()).extracting(Concept::clue).doesNotHaveDuplicates();
        });
    }

    @Test
    void anExampleThatDoesNotNameTheTermIsItsOwnClue() {
        var concept = new Concept("Latitude", "a distance from the equator", "Oslo lies far north.");

        assertThat(concept.clue()).isEqualTo("Oslo lies far north.");
    }

    @Test
    void anExampleThatNamesTheTermHasAGapThere() {
        var concept = new Concept("Enzyme", "a biological catalyst", "The enzyme amylase splits starch.");

        assertThat(concept.clue()).isEqualTo("The _____ amylase splits starch.");
    }

    @Test
    void aFileWithAMissingLineIsRefusedByName() {
        assertThatThrownBy(() -> Vocabulary.parse("content/biology.txt", List.of("subject: Biology", "topic: Cells")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("content/biology.txt must hold 16 topics of 6 concepts and has 2 lines");
    }

    private Stream<Concept> concepts() {
        return vocabulary.topics().stream().flatMap(topic -> topic.concepts().stream());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
