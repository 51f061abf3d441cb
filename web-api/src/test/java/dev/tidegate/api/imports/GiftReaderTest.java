package dev.tidegate.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GiftReaderTest {

    private static final GiftReader GIFT = new GiftReader();

    @Test
    void multipleChoiceHasItsRightAnswerWhereverItStands() {
        ReadFile read = ReadFile.of(GIFT, """
                // a comment
                $CATEGORY: $course$/top/Physics/Kinematics

                ::Free fall:: How fast is a stone after 2 s? {
                  ~10 m/s #too slow
                  =20 m/s #right, v \\= g t
                  ~%-50%40 m/s
                  ####The speed grows evenly.
                }
                """);

        assertThat(read.flaws()).isEmpty();
        Entry entry = read.entries().getFirst();
        assertThat(entry.line()).isEqualTo(4);
        assertThat(entry.texts())
                .containsEntry("topic", "Physics / Kinematics")
                .containsEntry("stem", "How fast is a stone after 2 s?")
                .containsEntry("correctOption", "2")
                .containsEntry("explanation", "The speed grows evenly.");
        assertThat(entry.lists()).containsEntry("options", List.of("10 m/s", "20 m/s", "40 m/s"));
    }

    @Test
    void feedbackOfTheRightAnswerExplainsIfNothingElseDoes() {
        ReadFile read = ReadFile.of(GIFT, "Is it? {=yes#because ~no#not so}");

        assertThat(read.entries().getFirst().texts()).containsEntry("explanation", "because");
    }

    @ParameterizedTest
    @CsvSource({"{T}, 1", "{TRUE}, 1", "{F}, 2", "{FALSE#wrong}, 2", "{ true }, 1"})
    void trueOrFalseHasTwoOptions(String answers, String correct) {
        ReadFile read = ReadFile.of(GIFT, "All bodies fall alike." + answers);

        assertThat(read.entries().getFirst().texts()).containsEntry("correctOption", correct);
        assertThat(read.entries().getFirst().lists()).containsEntry("options", List.of("True", "False"));
    }

    @Test
    void missingWordBecomesAGap() {
        ReadFile read = ReadFile.of(GIFT, "Galileo was born in {=Pisa ~Rome} in 1564.");

        assertThat(read.entries().getFirst().texts()).containsEntry("stem", "Galileo was born in _____ in 1564.");
    }

    @Test
    void escapedMarksAreText() {
        ReadFile read = ReadFile.of(GIFT, "Solve \\{x \\= 1\\}\\: a\\nb {=x\\=1 \\~ \\#1 ~50 \\% no}");

        assertThat(read.entries().getFirst().texts()).containsEntry("stem", "Solve {x = 1}: a\nb");
        assertThat(read.entries().getFirst().lists()).containsEntry("options", List.of("x=1 ~ #1", "50 % no"));
    }

    @Test
    void htmlLosesItsMarkup() {
        ReadFile read = ReadFile.of(GIFT, "[html]<p>Is <b>1 &lt; 2</b>?</p><p>Really</p>{=<i>yes</i> ~no}");

        assertThat(read.entries().getFirst().texts()).containsEntry("stem", "Is 1 < 2?\n\nReally");
        assertThat(read.entries().getFirst().lists()).containsEntry("options", List.of("yes", "no"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "Write about it. {}                        | is an essay question, which is not supported",
                "How many? {#3:1}                          | is a numerical question, which is not supported",
                "Match. {=a -> b =c -> d}                  | is a matching question, which is not supported",
                "Who? {=Galileo =Galilei}                  | is a short-answer question, which is not supported",
                "Which? {~%50%a ~%50%b ~c}                 | has several right answers, which is not supported; one is 100 % right and the others are wrong",
                "Which? {=a =b ~c}                         | has several right answers, which is not supported; one is 100 % right and the others are wrong",
                "Which? {~a ~b}                            | has no right answer",
                "A text without answers                    | has no answers in braces: a description is not supported",
                "Unfinished {=a ~b                         | has answers whose closing brace is missing",
                "Which? {a ~b =c}                          | has an answer that begins neither with = nor with ~",
            })
    void whatCannotBeAskedIsRefusedByNameAndTheNextQuestionIsRead(String question, String message) {
        ReadFile read = ReadFile.of(GIFT, question + "\n\nNext {T}\n");

        assertThat(read.flaws()).containsExactly(new Flaw(1, 1, null, message));
        assertThat(read.entries()).extracting(Entry::number, Entry::line).containsExactly(tuple(2, 3));
    }

    @Test
    void questionBeyondTheLongestIsRefusedAndTheNextOneIsRead() {
        ReadFile read = ReadFile.of(GIFT, "x".repeat(300_000) + "{T}\n\nNext {F}");

        assertThat(read.flaws()).extracting(Flaw::entry).containsExactly(1);
        assertThat(read.entries()).hasSize(1);
    }
}
