package dev.tidegate.api.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** One {@code <question>} element. */
final class MoodleQuestion {

    /** More than any field may hold, so that a longer one is refused by its own bound. */
    private static final int LONGEST_TEXT = 200_001;

    private static final int MOST_ANSWERS = 100;
    private static final int MOST_TAGS = 100;
    private static final int DEEPEST = 30;

    private static final Set<String> TEXTS =
            Set.of("questiontext/text", "generalfeedback/text", "category/text", "single");

    private final int line;
    private final String type;
    private final Map<String, StringBuilder> texts = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<StringBuilder> tags = new ArrayList<>();
    private boolean tooLarge;

    private record Answer(double percent, StringBuilder text, StringBuilder feedback) {}

    private MoodleQuestion(int line, String type) {
        this.line = line;
        this.type = type;
    }

    /** Reads the element that the reader stands on, to its end. */
    static MoodleQuestion read(XMLStreamReader xml) throws XMLStreamException {
        String type = xml.getAttributeValue(null, "type");
        var question = new MoodleQuestion(xml.getLocation().getLineNumber(), type == null ? "" : type);
        Deque<String> path = new ArrayDeque<>();
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (path.size() >= DEEPEST) {
                        throw new XMLStreamException("nested too deeply");
                    }
                    path.addLast(xml.getLocalName());
                    question.begin(String.join("/", path), xml);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (path.isEmpty()) {
                        return question;
                    }
                    path.removeLast();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    question.text(String.join("/", path), xml);
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new XMLStreamException("an entity is not defined");
                default -> {}
            }
        }
    }

    boolean isCategory() {
        return type.equals("category");
    }

    String category() {
        return plain(texts.get("category/text"));
    }

    void give(int number, String topic, EntrySink sink) {
        var choices = new Choices();
        answers.forEach(answer -> choices.add(plain(answer.text()), answer.percent(), plain(answer.feedback())));
        String refusal = refusal();
        if (refusal.isEmpty()) {
            refusal = choices.refusal();
        }
        if (refusal.isEmpty()) {
            sink.accept(choices.entry(
                    number,
                    line,
                    topic,
                    plain(texts.get("questiontext/text")),
                    plain(texts.get("generalfeedback/text")),
                    tags.stream().map(MoodleQuestion::plain).distinct().toList()));
        } else {
            sink.refuse(Flaw.at(line, number, null, refusal));
        }
    }

    private String refusal() {
        if (!type.equals("multichoice") && !type.equals("truefalse")) {
            return "is a question of type '%s', which is not supported"
                    .formatted(type.length() <= 40 ? type : type.substring(0, 40));
        }
        if (tooLarge) {
            return "has too many answers or tags";
        }
        return plain(texts.get("single")).equals("false")
                ? "lets several answers be chosen, which is not supported"
                : "";
    }

    private void begin(String path, XMLStreamReader xml) {
        switch (path) {
            case "answer" -> {
                if (answers.size() < MOST_ANSWERS) {
                    answers.add(new Answer(
                            percent(xml.getAttributeValue(null, "fraction")),
                            new StringBuilder(),
                            new StringBuilder()));
                } else {
                    tooLarge = true;
                }
            }
            case "tags/tag" -> {
                if (tags.size() < MOST_TAGS) {
                    tags.add(new StringBuilder());
                } else {
                    tooLarge = true;
                }
            }
            default -> {}
        }
    }

    private void text(String path, XMLStreamReader xml) {
        switch (path) {
            case "answer/text" -> append(answers.getLast().text(), xml);
            case "answer/feedback/text" -> append(answers.getLast().feedback(), xml);
            case "tags/tag/text" -> append(tags.getLast(), xml);
            default -> {
                if (TEXTS.contains(path)) {
                    append(texts.computeIfAbsent(path, first -> new StringBuilder()), xml);
                }
            }
        }
    }

    private static void append(StringBuilder to, XMLStreamReader xml) {
        int room = LONGEST_TEXT - to.length();
        to.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(room, xml.getTextLength()));
    }

    private static double percent(@Nullable String fraction) {
        try {
            return fraction == null ? 0 : Double.parseDouble(fraction);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Most texts are HTML, and what is not loses nothing by being read as it. */
    private static String plain(@Nullable CharSequence text) {
        return text == null ? "" : HtmlText.of(text.toString());
    }
}
