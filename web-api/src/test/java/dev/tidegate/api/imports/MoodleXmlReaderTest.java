package dev.tidegate.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoodleXmlReaderTest {

    private static final MoodleXmlReader MOODLE = new MoodleXmlReader();

    @Test
    void multipleChoiceIsReadWithCategoryFeedbackAndTags() {
        ReadFile read = ReadFile.of(MOODLE, """
                <?xml version="1.0" encoding="UTF-8"?>
                <quiz>
                  <question type="category"><category><text>$course$/top/Physics/Kinematics</text></category></question>
                  <question type="multichoice">
                    <name><text>Free fall</text></name>
                    <questiontext format="html"><text><![CDATA[<p>How fast after <b>2&nbsp;s</b>?</p>]]></text></questiontext>
                    <generalfeedback format="html"><text>v = g · t</text></generalfeedback>
                    <single>true</single>
                    <answer fraction="0"><text>10 m/s</text><feedback><text>no</text></feedback></answer>
                    <answer fraction="100"><text>20 m/s</text></answer>
                    <tags><tag><text>free fall</text></tag><tag><text>units</text></tag></tags>
                  </question>
                </quiz>
                """);

        assertThat(read.flaws()).isEmpty();
        Entry entry = read.entries().getFirst();
        assertThat(entry.line()).isEqualTo(4);
        assertThat(entry.texts())
                .containsEntry("topic", "Physics / Kinematics")
                .containsEntry("stem", "How fast after 2 s?")
                .containsEntry("explanation", "v = g · t")
                .containsEntry("correctOption", "2");
        assertThat(entry.lists())
                .containsEntry("options", List.of("10 m/s", "20 m/s"))
                .containsEntry("tags", List.of("free fall", "units"));
    }

    @Test
    void otherTypesAndSeveralRightAnswersAreRefusedByEntry() {
        ReadFile read = ReadFile.of(MOODLE, """
                <quiz>
                <question type="essay"><questiontext><text>Write</text></questiontext></question>
                <question type="multichoice"><single>false</single><answer fraction="50"><text>a</text></answer></question>
                <question type="multichoice"><answer fraction="50"><text>a</text></answer><answer fraction="50"><text>b</text></answer></question>
                <question type="truefalse"><questiontext><text>t</text></questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
                </quiz>
                """);

        assertThat(read.flaws())
                .extracting(Flaw::line, Flaw::entry)
                .containsExactly(tuple(2, 1), tuple(3, 2), tuple(4, 3));
        assertThat(read.flaws().getFirst().message())
                .isEqualTo("is a question of type 'essay', which is not supported");
        assertThat(read.entries()).extracting(Entry::number).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE quiz [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><quiz><question type=\"truefalse\"><questiontext><text>&x;</text></questiontext></question></quiz>",
                "<!DOCTYPE quiz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><quiz><question type=\"truefalse\"><questiontext><text>&b;</text></questiontext></question></quiz>",
                "<!DOCTYPE quiz SYSTEM \"http://127.0.0.1:1/evil.dtd\"><quiz/>"
            })
    void documentTypesAndEntitiesAreRefused(String text) {
        ReadFile read = ReadFile.of(MOODLE, text);

        assertThat(read.entries()).isEmpty();
        assertThat(read.flaws()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "<quiz>",
                "<quiz><question type=\"truefalse\"></quiz>",
                "<other/>",
                "<quiz><question type=\"multichoice\"><answer fraction=\"100\"><text>&undefined;</text></answer></question></quiz>"
            })
    void whatIsNoQuestionBankIsRefused(String text) {
        ReadFile read = ReadFile.of(MOODLE, text);

        assertThat(read.entries()).isEmpty();
        assertThat(read.flaws()).hasSize(1);
    }

    @Test
    void attributeWithoutEndIsRefusedBeforeItFillsTheMemory() {
        ReadFile read = ReadFile.of(MOODLE, "<quiz><question type=\"" + "x".repeat(9 * 1024 * 1024));

        assertThat(read.flaws()).extracting(Flaw::message).containsExactly("is not well-formed XML");
    }

    @Test
    void textBeyondEveryBoundIsCutToOneThatIsRefused() {
        ReadFile read = ReadFile.of(
                MOODLE,
                "<quiz><question type=\"truefalse\"><questiontext><text>" + "x".repeat(2_000_000)
                        + "</text></questiontext><answer fraction=\"100\"><text>true</text></answer>"
                        + "<answer fraction=\"0\"><text>false</text></answer></question></quiz>");

        assertThat(read.entries().getFirst().texts().get("stem")).hasSize(200_001);
    }
}
