package dev.tidegate.stack.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.stack.data.Scale.TestShape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numbers behind the words: the statements rely on them. */
class WordingTest {

    private final Vocabulary vocabulary = Vocabulary.load();

    @Test
    void thereAreTwentyQuestionOpenings() {
        assertThat(Wording.QUESTION_OPENINGS).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void tagsAreNamedInTheOrderOfTheirKinds() {
        String[] names = Tags.names(vocabulary);

        assertThat(names).hasSize(400).doesNotHaveDuplicates();
        assertThat(names[Tags.GENERAL]).isEqualTo("Biology: basics");
        assertThat(names[Tags.GENERAL + 12 * Tags.PER_SUBJECT]).isEqualTo("Cell Structure (Biology)");
    }

    @Test
    void everyCardIsAboutAsWideAsItShouldBeWhicheverTipsItGets() {
        assertThat(CardBack.all(vocabulary))
                .allSatisfy(back ->
                        assertThat(widths(back)).allMatch(width -> Math.abs(width - CardBack.TARGET_BYTES) < 80));
    }

    @Test
    void theHeaviestAccountOfTheIncidentJoinsToItsRows() {
        var shapes = Scale.INCIDENT.heaviestAccount();

        assertThat(shapes).hasSize(2_000);
        assertThat(shapes.stream()
                        .mapToInt(shape -> shape.topics() * shape.questions())
                        .sum())
                .isEqualTo(4_000_341);
        assertThat(shapes).extracting(TestShape::topics).allMatch(topics -> topics <= 12 * 16);
    }

    @Test
    void rangesCoverEveryIdOnce() {
        assertThat(Range.split(5_200, 24).stream()
                        .flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last())))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 5_200).boxed().toList());
    }

    @Test
    void fewerIdsThanPartsMakeFewerRanges() {
        assertThat(Range.split(3, 24)).hasSize(3).allMatch(range -> range.size() == 1);
    }

    @Test
    void zonesIncludeThoseWithUnusualOffsets() {
        assertThat(People.zones())
                .hasSize(200)
                .contains(
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "Pacific/Apia",
                        "America/St_Johns",
                        "Pacific/Chatham",
                        "Pacific/Kiritimati",
                        "Pacific/Pago_Pago");
        assertThat(Arrays.stream(People.zones()).distinct()).hasSizeGreaterThanOrEqualTo(30);
    }

    private static Stream<Integer> widths(CardBack back) {
        String[] tips = Wording.CARD_TIPS;
        return IntStream.range(0, tips.length)
                .mapToObj(first -> back.text().getBytes(StandardCharsets.UTF_8).length
                        + IntStream.range(first, first + back.tips())
                                .map(tip -> tips[tip % tips.length].length() + 1)
                                .sum());
    }
}
