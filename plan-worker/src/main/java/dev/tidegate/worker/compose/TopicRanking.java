package dev.tidegate.worker.compose;

import java.util.Comparator;
import java.util.List;

/**
 * Which topics deserve the learner's time.
 *
 * <pre>
 *   urgency u  = 1 ÷ (1 + days to the exam ÷ 30), 0 without an exam
 *   weight  w  = the topic's weight ÷ the largest weight among the learner's topics
 *   need    n  = ((1 − u) · (1 − coverage) + (1 + u) · (1 − accuracy)) ÷ 2
 *   score      = w^(½ + u) · n
 * </pre>
 *
 * <p>Far from the exam, breadth counts: what has not been covered ranks before what is known badly, and light
 * topics keep a chance because the exponent flattens the weights. As the exam nears, u goes to 1: coverage stops
 * mattering, weak accuracy counts double, and weights count in full and more. A rank depends only on the facts given,
 * ties go to the smaller id, so the same facts always make the same plan.
 */
public final class TopicRanking {

    /** Days to the exam at which urgency is one half. */
    private static final double HALF_URGENCY_DAYS = 30;

    private TopicRanking() {}

    /**
     * The best topics, best first.
     *
     * @param topics the learner's topics, in any order
     * @return at most {@link #limit} of them; topics without any content are left out
     */
    public static List<RankedTopic> rank(Learner learner, List<Topic> topics) {
        double urgency = urgency(learner);
        double heaviest = topics.stream().mapToDouble(Topic::weight).max().orElse(1);
        return topics.stream()
                .filter(TopicRanking::hasContent)
                .map(topic -> new RankedTopic(topic, score(topic, urgency, heaviest)))
                .sorted(Comparator.comparingDouble(RankedTopic::score)
                        .reversed()
                        .thenComparing(ranked -> ranked.topic().id()))
                .limit(limit(learner))
                .toList();
    }

    /** How many topics a day of this length can use: 6 for half an hour, 48 at most. */
    static int limit(Learner learner) {
        return Math.clamp(4 + learner.dailyMinutes() / 10, 6, 48);
    }

    private static double urgency(Learner learner) {
        var days = learner.daysToExam();
        return days.isPresent() ? 1 / (1 + days.getAsLong() / HALF_URGENCY_DAYS) : 0;
    }

    private static double score(Topic topic, double urgency, double heaviest) {
        double need = ((1 - urgency) * (1 - topic.coverage()) + (1 + urgency) * (1 - topic.accuracy())) / 2;
        return Math.pow(topic.weight() / heaviest, 0.5 + urgency) * need;
    }

    private static boolean hasContent(Topic topic) {
        Topic.Content content = topic.content();
        return content.lessons() + content.questions() + content.exercises() > 0;
    }
}
