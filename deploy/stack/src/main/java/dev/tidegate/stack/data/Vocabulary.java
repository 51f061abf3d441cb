package dev.tidegate.stack.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the sample content is about: subjects, their topics, and the concepts of each topic.
 *
 * <p>Every subject has the same number of topics and every topic the same number of concepts, so that the
 * statements get from one to the other by division instead of by a helper table: with ids from 1 in the order
 * of this vocabulary, concept c belongs to topic (c - 1) / 6 + 1 and topic t to subject (t - 1) / 16 + 1.
 */
record Vocabulary(List<Subject> subjects) {

    static final int TOPICS_PER_SUBJECT = 16;
    static final int CONCEPTS_PER_TOPIC = 6;

    /** Named here because a class path cannot be listed; the order decides the ids. */
    private static final List<String> FILES = List.of(
            "biology",
            "chemistry",
            "physics",
            "mathematics",
            "statistics",
            "computer-science",
            "human-anatomy",
            "psychology",
            "economics",
            "geography",
            "history",
            "english-language");

    private static final Pattern FIELDS = Pattern.compile(" \\| ");

    record Subject(String name, List<Topic> topics) {}

    record Topic(String name, List<Concept> concepts) {}

    record Concept(String term, String definition, String example) {

        /** Stands for the term where naming it would give the answer away. */
        static final String GAP = "_____";

        /** The example with a gap in place of the term; the example itself if it does not name the term. */
        String clue() {
            return Pattern.compile(Pattern.quote(term), Pattern.CASE_INSENSITIVE)
                    .matcher(example)
                    .replaceAll(GAP);
        }
    }

    static Vocabulary load() {
        return new Vocabulary(FILES.stream().map(Vocabulary::read).toList());
    }

    List<Topic> topics() {
        return subjects.stream().flatMap(subject -> subject.topics().stream()).toList();
    }

    String[] subjectNames() {
        return subjects.stream().map(Subject::name).toArray(String[]::new);
    }

    String[] topicNames() {
        return topics().stream().map(Topic::name).toArray(String[]::new);
    }

    /** One value of every concept, in the order of their ids. */
    String[] concepts(Function<Concept, String> value) {
        return topics().stream()
                .flatMap(topic -> topic.concepts().stream())
                .map(value)
                .toArray(String[]::new);
    }

    private static Subject read(String file) {
        String resource = "content/" + file + ".txt";
        try (InputStream in = Vocabulary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return parse(
                    resource,
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /** {@code subject: …}, then {@code topic: …} and its lines of {@code term | definition | example}. */
    static Subject parse(String resource, List<String> lines) {
        String subject = value(resource, lines.getFirst(), "subject: ");
        var topics = new ArrayList<Topic>();
        int linesPerTopic = 1 + CONCEPTS_PER_TOPIC;
        if (lines.size() != 1 + TOPICS_PER_SUBJECT * linesPerTopic) {
            throw new IllegalStateException("%s must hold %d topics of %d concepts and has %d lines"
                    .formatted(resource, TOPICS_PER_SUBJECT, CONCEPTS_PER_TOPIC, lines.size()));
        }
        for (int first = 1; first < lines.size(); first += linesPerTopic) {
            topics.add(new Topic(
                    value(resource, lines.get(first), "topic: "),
                    lines.subList(first + 1, first + linesPerTopic).stream()
                            .map(line -> concept(resource, line))
                            .toList()));
        }
        return new Subject(subject, List.copyOf(topics));
    }

    private static String value(String resource, String line, String prefix) {
        if (!line.startsWith(prefix)) {
            throw new IllegalStateException(resource + ": expected '" + prefix + "…', found: " + line);
        }
        return line.substring(prefix.length()).strip();
    }

    private static Concept concept(String resource, String line) {
        String[] fields = FIELDS.split(line, -1);
        if (fields.length != 3) {
            throw new IllegalStateException(resource + ": expected term | definition | example, found: " + line);
        }
        return new Concept(fields[0].strip(), fields[1].strip(), fields[2].strip());
    }
}
