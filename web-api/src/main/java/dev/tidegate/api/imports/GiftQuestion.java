package dev.tidegate.api.imports;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One question of a GIFT text. */
final class GiftQuestion {

    private static final Pattern TITLE = Pattern.compile("^\\s*::.*?(?<!\\\\)::", Pattern.DOTALL);
    private static final Pattern MARKUP = Pattern.compile("^\\s*\\[(html|moodle|plain|markdown)]");
    private static final Pattern WEIGHT = Pattern.compile("^%(-?\\d{1,3}(?:\\.\\d{1,5})?)%");
    private static final Set<String> TRUE = Set.of("T", "TRUE");
    private static final Set<String> FALSE = Set.of("F", "FALSE");
    private static final String GAP = "_____";

    private final String text;

    GiftQuestion(String text) {
        this.text = text;
    }

    void read(int number, int line, String topic, EntrySink sink) {
        String untitled = TITLE.matcher(text).replaceFirst("");
        Matcher markup = MARKUP.matcher(untitled);
        boolean html = markup.find() && markup.group(1).equals("html");
        String body = markup.replaceFirst("");
        int open = find(body, "{", 0);
        int close = open < 0 ? -1 : find(body, "}", open + 1);
        if (open < 0 || close < 0) {
            sink.refuse(Flaw.at(
                    line,
                    number,
                    null,
                    open < 0
                            ? "has no answers in braces: a description is not supported"
                            : "has answers whose closing brace is missing"));
            return;
        }
        String before = plain(body.substring(0, open), html);
        String after = plain(body.substring(close + 1), html);
        String stem = after.isEmpty() ? before : (before + " " + GAP + " " + after).strip();
        String answers = body.substring(open + 1, close).strip();
        int general = find(answers, "####", 0);
        String explanation = general < 0 ? "" : plain(answers.substring(general + 4), html);
        var choices = new Choices();
        String refusal =
                answers(general < 0 ? answers : answers.substring(0, general).strip(), html, choices);
        if (refusal.isEmpty()) {
            refusal = choices.refusal();
        }
        if (refusal.isEmpty()) {
            sink.accept(choices.entry(number, line, topic, stem, explanation, List.of()));
        } else {
            sink.refuse(Flaw.at(line, number, null, refusal));
        }
    }

    private static String answers(String answers, boolean html, Choices choices) {
        if (answers.isEmpty()) {
            return "is an essay question, which is not supported";
        }
        if (answers.startsWith("#")) {
            return "is a numerical question, which is not supported";
        }
        Boolean truth = truth(answers);
        if (truth != null) {
            choices.add("True", truth ? 100 : 0, "");
            choices.add("False", truth ? 0 : 100, "");
            return "";
        }
        int at = nextMark(answers, 0);
        if (at != 0) {
            return "has an answer that begins neither with = nor with ~";
        }
        boolean anyWrong = false;
        while (at < answers.length()) {
            int end = nextMark(answers, at + 1);
            boolean right = answers.charAt(at) == '=';
            anyWrong |= !right;
            String answer = answers.substring(at + 1, end).strip();
            if (right && find(answer, "->", 0) >= 0) {
                return "is a matching question, which is not supported";
            }
            answer(answer, right, html, choices);
            at = end;
        }
        return anyWrong ? "" : "is a short-answer question, which is not supported";
    }

    private static void answer(String answer, boolean right, boolean html, Choices choices) {
        Matcher weight = WEIGHT.matcher(answer);
        double percent = right ? 100 : 0;
        String rest = answer;
        if (weight.find()) {
            percent = Double.parseDouble(weight.group(1));
            rest = answer.substring(weight.end());
        }
        int feedback = find(rest, "#", 0);
        choices.add(
                plain(feedback < 0 ? rest : rest.substring(0, feedback), html),
                percent,
                feedback < 0 ? "" : plain(rest.substring(feedback + 1), html));
    }

    private static @Nullable Boolean truth(String answers) {
        int feedback = find(answers, "#", 0);
        String word = (feedback < 0 ? answers : answers.substring(0, feedback))
                .strip()
                .toUpperCase(Locale.ROOT);
        return TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
    }

    private static int nextMark(String answers, int from) {
        int right = find(answers, "=", from);
        int wrong = find(answers, "~", from);
        return Math.min(right < 0 ? answers.length() : right, wrong < 0 ? answers.length() : wrong);
    }

    /** Where a mark stands that no backslash takes its meaning; -1 if nowhere. */
    private static int find(String text, String mark, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(mark, i)) {
                return i;
            }
        }
        return -1;
    }

    private static String plain(String escaped, boolean html) {
        var plain = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\' && i + 1 < escaped.length()) {
                char next = escaped.charAt(++i);
                plain.append(next == 'n' ? '\n' : next);
            } else {
                plain.append(c);
            }
        }
        return html ? HtmlText.of(plain.toString()) : plain.toString().strip();
    }
}
