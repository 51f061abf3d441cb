package dev.tidegate.stack.data;

import dev.tidegate.stack.data.Vocabulary.Subject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names of the tags, in the order of their ids: {@value #GENERAL} that fit any question, most popular first, then
 * {@value #PER_SUBJECT} for each subject, then one for each topic.
 */
final class Tags {

    static final int GENERAL = 64;
    static final int PER_SUBJECT = 12;

    private static final List<String> KINDS = List.of(
            "definitions",
            "misconceptions",
            "quick check",
            "exam essentials",
            "vocabulary",
            "recall",
            "applied examples",
            "easy marks",
            "often confused",
            "homework",
            "warm-up",
            "mock exam",
            "key terms",
            "final review",
            "foundation",
            "higher tier",
            "classroom favourite",
            "teacher's pick",
            "first attempt",
            "five-minute drill",
            "holiday practice",
            "diagnostic test",
            "retrieval practice",
            "catch-up",
            "entry test",
            "mid-term",
            "end of term",
            "short answers",
            "concept check",
            "group work",
            "stretch");

    private static final List<String> ASPECTS = List.of(
            "basics",
            "core ideas",
            "examples",
            "terminology",
            "exam technique",
            "common errors",
            "connections between topics",
            "case studies",
            "revision week",
            "introductory course",
            "advanced course",
            "practice set");

    private Tags() {}

    static String[] names(Vocabulary vocabulary) {
        Stream<String> papers = IntStream.rangeClosed(2015, 2025)
                .boxed()
                .flatMap(year -> IntStream.rangeClosed(1, 3).mapToObj(paper -> "exam " + year + " paper " + paper));
        Stream<String> ofSubjects = vocabulary.subjects().stream()
                .flatMap(subject -> ASPECTS.stream().map(aspect -> subject.name() + ": " + aspect));
        Stream<String> ofTopics = vocabulary.subjects().stream().flatMap(Tags::ofTopics);
        return Stream.of(KINDS.stream(), papers, ofSubjects, ofTopics)
                .flatMap(names -> names)
                .toArray(String[]::new);
    }

    /** With the subject, because topics of two subjects may share a name. */
    private static Stream<String> ofTopics(Subject subject) {
        return subject.topics().stream().map(topic -> topic.name() + " (" + subject.name() + ")");
    }
}
