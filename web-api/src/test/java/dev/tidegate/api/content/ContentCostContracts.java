package dev.tidegate.api.content;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.Binds;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.ArrayList;
import java.util.List;

/**
 * One row at a time: what a statement may cost is a few look-ups and its own index entries. The users have met all
 * lessons, exercises, questions and cards, so that none of them can be removed.
 */
final class ContentCostContracts implements ContractSource {

    private static final String FLASHCARD = "select max(id) from flashcards where card_type = 'system'";
    private static final String USED_LESSON = "select min(lesson_id) from lesson_completions";
    private static final String USED_EXERCISE = "select min(exercise_id) from exercise_completions";
    private static final String TOPIC_OF_LESSON = "select topic_id from lessons where id = (" + USED_LESSON + ")";
    private static final String TOPIC_OF_EXERCISE = "select topic_id from exercises where id = (" + USED_EXERCISE + ")";
    private static final String USED_QUESTION = "select min(question_id) from question_history";
    private static final String TOPIC_OF_QUESTION = "select topic_id from questions where id = (" + USED_QUESTION + ")";
    private static final String USED_FLASHCARD = """
            select min(flashcard_id) from reviews r join flashcards f on f.id = r.flashcard_id where card_type = 'system'""";

    private static final String[] OPTIONS = {"one", "two", "three"};
    private static final String[] FILES = {"a.png", "b.png"};
    private static final String[] TYPES = {"image/png", "image/png"};

    @Override
    public List<CostContract> contracts() {
        var contracts = new ArrayList<CostContract>();
        readsAndLocks(contracts);
        contracts.addAll(creations());
        contracts.addAll(replacements());
        contracts.addAll(removals());
        return contracts;
    }

    private static void readsAndLocks(List<CostContract> contracts) {
        for (String method : List.of("find", "lock")) {
            contracts.add(oneById("SubjectQueries." + method, "select max(id) from subjects"));
            contracts.add(oneById("TopicQueries." + method, "select max(id) from topics"));
            contracts.add(oneById("QuestionTagQueries." + method, "select max(id) from tags"));
            contracts.add(oneById("LessonQueries." + method, "select max(id) from lessons"));
            contracts.add(oneById("ExerciseQueries." + method, "select max(id) from exercises"));
            contracts.add(oneById("QuestionQueries." + method, "select max(id) from questions"));
            contracts.add(oneById("SystemFlashcardQueries." + method, FLASHCARD));
        }
    }

    private static CostContract oneById(String statement, String id) {
        return CostContract.of(statement)
                .when("a row", data -> binds(data.number(id)))
                .when("no such row", data -> binds(0L))
                .atMost(15);
    }

    private static List<CostContract> creations() {
        return List.of(
                CostContract.of("SubjectQueries.create")
                        .when("a row", data -> binds("Astronomy", 1.5f))
                        .atMost(20),
                CostContract.of("TopicQueries.create")
                        .when("a row", data -> binds(data.subject(), "Planets", 1000, 1.5f))
                        .atMost(20),
                CostContract.of("QuestionTagQueries.create")
                        .when("a row", data -> binds("orbit"))
                        .atMost(20),
                CostContract.of("LessonQueries.create")
                        .when("a row", data -> binds(data.topic(), 1000, "Mars", "It is red.", 10))
                        .atMost(20),
                CostContract.of("SystemFlashcardQueries.create")
                        .when("a row", data -> binds(data.topic(), "active", "Mars", "It is red.", data.now()))
                        .atMost(40),
                CostContract.of("ExerciseQueries.create")
                        .when(
                                "two assets",
                                data -> binds(data.topic(), 1000, "Mars", "Look up.", 10, TYPES, FILES, FILES))
                        .atMost(70),
                CostContract.of("QuestionQueries.create")
                        .when(
                                "20 tags",
                                data -> binds(
                                        data.topic(),
                                        3,
                                        "validated",
                                        "Which planet is red?",
                                        OPTIONS,
                                        1,
                                        "",
                                        data.now(),
                                        data.tags(20)))
                        .atMost(560));
    }

    private static List<CostContract> replacements() {
        return List.of(
                CostContract.of("SubjectQueries.replace")
                        .when("a row", data -> binds((long) data.subject(), "Astronomy", 1.5f))
                        .atMost(20),
                CostContract.of("TopicQueries.replace")
                        .when(
                                "in its subject",
                                data -> binds((long) data.topic(), data.subject(), "Planets", 1000, 1.5f))
                        .when("into another", data -> binds((long) data.topic(), 1, "Planets", 1000, 1.5f))
                        .atMost(30),
                CostContract.of("QuestionTagQueries.replace")
                        .when("a row", data -> binds(7L, "orbit"))
                        .atMost(20),
                CostContract.of("LessonQueries.replace")
                        .when("in its topic", data -> lesson(data, (int) data.number(TOPIC_OF_LESSON)))
                        .when("refused", data -> lesson(data, 191))
                        .atMost(30),
                CostContract.of("SystemFlashcardQueries.replace")
                        .when("a row", data -> binds(data.number(FLASHCARD), data.topic(), "active", "Mars", "Red."))
                        .atMost(105),
                CostContract.of("ExerciseQueries.replace")
                        .when("in its topic", data -> exercise(data, (int) data.number(TOPIC_OF_EXERCISE)))
                        .when("refused", data -> exercise(data, 191))
                        .mayGrow("a refusal writes nothing, and assets are rows of their own")
                        .atMost(95),
                CostContract.of("QuestionQueries.replace")
                        .when("in its topic", data -> question(data, (int) data.number(TOPIC_OF_QUESTION)))
                        .when("refused", data -> question(data, 191))
                        .mayGrow("a refusal writes nothing, and 20 tags are 20 rows")
                        .atMost(700));
    }

    private static Binds lesson(ContractData data, int topic) {
        return binds(data.number(USED_LESSON), topic, 1000, "Mars", "It is red.", 10);
    }

    private static Binds exercise(ContractData data, int topic) {
        return binds(data.number(USED_EXERCISE), topic, 1000, "Mars", "Look up.", 10, TYPES, FILES, FILES);
    }

    private static Binds question(ContractData data, int topic) {
        return binds(
                data.number(USED_QUESTION),
                topic,
                3,
                "validated",
                "Which is red?",
                OPTIONS,
                1,
                "",
                data.now(),
                data.tags(20));
    }

    /** Subjects, topics and tags of the data are all in use, which their foreign keys find out after the statement. */
    private static List<CostContract> removals() {
        return List.of(
                CostContract.of("SubjectQueries.delete")
                        .when("no such row", data -> binds(0L))
                        .atMost(15),
                CostContract.of("TopicQueries.delete")
                        .when("no such row", data -> binds(0L))
                        .atMost(15),
                CostContract.of("QuestionTagQueries.delete")
                        .when("no such row", data -> binds(0L))
                        .atMost(15),
                removal("LessonQueries.delete", USED_LESSON, "lesson_completions_lesson"),
                removal("ExerciseQueries.delete", USED_EXERCISE, "exercise_completions_exercise"),
                removal("QuestionQueries.delete", USED_QUESTION, "question_history_question"),
                removal("SystemFlashcardQueries.delete", USED_FLASHCARD, "reviews_flashcard"));
    }

    private static CostContract removal(String statement, String used, String index) {
        return CostContract.of(statement)
                .when("no such row", data -> binds(0L))
                .when("in use", data -> binds(data.number(used)))
                .uses(index)
                .atMost(20);
    }
}
