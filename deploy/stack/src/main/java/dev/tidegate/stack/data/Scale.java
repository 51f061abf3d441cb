package dev.tidegate.stack.data;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** How much sample data: enough for a test, or as much as the system had on the day of the incident. */
public enum Scale {
    SMALL(
            60,
            new Content(1_200, 1_140, 800, 3, 2, 2_400),
            new Study(3_000, 1_000, 300, 4),
            Collections.nCopies(40, new TestShape(10, 8))),

    /** Its heaviest account's tests join to the 4,000,341 rows (topics × questions) that took 27.8 s to list. */
    INCIDENT(
            5_200,
            new Content(119_000, 113_900, 77_231, 6, 48, 1_180_000),
            new Study(1_000_000, 250_000, 55_000, 24),
            Stream.concat(
                            Collections.nCopies(1_998, new TestShape(50, 40)).stream(),
                            Stream.of(new TestShape(50, 41), new TestShape(29, 79)))
                    .toList());

    private final int users;
    private final Content content;
    private final Study study;
    private final List<TestShape> heaviestAccount;

    Scale(int users, Content content, Study study, List<TestShape> heaviestAccount) {
        this.users = users;
        this.content = content;
        this.study = study;
        this.heaviestAccount = heaviestAccount;
    }

    int users() {
        return users;
    }

    Content content() {
        return content;
    }

    Study study() {
        return study;
    }

    /** The tests of user 2, oldest first. */
    List<TestShape> heaviestAccount() {
        return heaviestAccount;
    }

    /** The size of the content bank; all but the numbers per topic are totals. */
    record Content(
            int questions,
            int validatedQuestions,
            int systemCards,
            int lessonsPerTopic,
            int exercisesPerTopic,
            int assets) {}

    /**
     * What the learners have done, in total.
     *
     * @param systemCardReviews about how many system cards are under review; own cards come on top
     * @param tests tests of all learners but the heaviest account
     * @param batches into how many ranges of learners the large steps are cut, one commit each
     */
    record Study(int userCards, int systemCardReviews, int tests, int batches) {}

    record TestShape(int topics, int questions) {}
}
