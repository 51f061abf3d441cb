package dev.tidegate.worker.compose;

/** Says in one clause why an item is in the plan; the facts are those that ranked it. */
final class Reasons {

    /** Below this share of right answers, accuracy is the reason. */
    private static final double WEAK_ACCURACY = 0.7;
    /** Answers below which accuracy says little. */
    private static final int TELLING_ANSWERS = 5;
    /** Coverage from which a topic is kept fresh rather than extended. */
    private static final double COVERED = 0.95;
    /** Days to the exam within which the exam is mentioned. */
    private static final int EXAM_NEAR_DAYS = 14;

    private Reasons() {}

    static String forReview(int due, int planned) {
        return planned < due
                ? "%d cards are due; these come first".formatted(due)
                : due == 1 ? "1 card is due" : "%d cards are due".formatted(due);
    }

    static String forTopic(Learner learner, Topic topic) {
        return cause(learner, topic) + exam(learner);
    }

    private static String cause(Learner learner, Topic topic) {
        Topic.Progress progress = topic.progress();
        if (!learner.enrolled()) {
            return "%s is a good start until you choose subjects".formatted(topic.name());
        }
        if (topic.isNew()) {
            return "%s is new to you".formatted(topic.name());
        }
        double rightSoFar = progress.answered() == 0 ? 1 : (double) progress.correct() / progress.answered();
        if (progress.answered() >= TELLING_ANSWERS && rightSoFar < WEAK_ACCURACY) {
            return "accuracy %d %% in %s".formatted(percent(rightSoFar), topic.name());
        }
        if (topic.coverage() >= COVERED) {
            return "keeps %s fresh".formatted(topic.name());
        }
        return "%d %% of %s covered so far".formatted(percent(topic.coverage()), topic.name());
    }

    private static String exam(Learner learner) {
        var days = learner.daysToExam();
        if (days.isEmpty() || days.getAsLong() > EXAM_NEAR_DAYS) {
            return "";
        }
        return switch ((int) days.getAsLong()) {
            case 0 -> "; exam today";
            case 1 -> "; exam tomorrow";
            default -> "; exam in %d days".formatted(days.getAsLong());
        };
    }

    private static long percent(double share) {
        return Math.round(share * 100);
    }
}
