package dev.tidegate.worker.compose;

/**
 * A topic with its content and one learner's progress in it.
 *
 * @param weight exam weight of the subject × the learner's weight of the subject × exam weight of the topic; only
 *     ratios matter
 */
public record Topic(int id, String name, double weight, Content content, Progress progress) {

    /** Size of the topic's content, from the statistics. */
    public record Content(int lessons, int questions, int exercises) {}

    /**
     * What the learner has done in it.
     *
     * @param answered answers given, repeats included
     * @param correct right answers among them
     * @param questionsSeen different questions answered
     */
    public record Progress(int lessonsCompleted, int questionsSeen, int answered, int correct) {

        public static final Progress NONE = new Progress(0, 0, 0, 0);
    }

    /** Questions after which a topic counts as practised, if it has as many. */
    private static final int PRACTISED = 50;

    /**
     * Share of the topic that the learner has covered, 0 to 1: the mean of completed lessons and seen questions,
     * where {@value #PRACTISED} questions count as all of them, because banks of hundreds are never finished.
     */
    double coverage() {
        double lessons = share(progress.lessonsCompleted(), content.lessons());
        double questions = share(progress.questionsSeen(), Math.min(content.questions(), PRACTISED));
        return (lessons + questions) / 2;
    }

    /** Expected share of right answers by the rule of succession, (correct + 1) ÷ (answered + 2): ½ before any. */
    double accuracy() {
        return (progress.correct() + 1.0) / (progress.answered() + 2.0);
    }

    boolean isNew() {
        return progress.answered() == 0 && progress.lessonsCompleted() == 0;
    }

    private static double share(int done, int all) {
        return all == 0 ? 1 : Math.min(1, (double) done / all);
    }
}
