package dev.tidegate.worker.compose;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes learners, topics and materials for the tests of this package. */
final class Facts {

    static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private Facts() {}

    static Learner learner(int minutes, int dueCards) {
        return new Learner(1, TODAY, minutes, null, dueCards, true);
    }

    static Learner withExamIn(int days, Learner learner) {
        return new Learner(
                learner.userId(),
                learner.planDate(),
                learner.dailyMinutes(),
                TODAY.plusDays(days),
                learner.dueCards(),
                learner.enrolled());
    }

    static Topic topic(int id, String name, double weight, Topic.Progress progress) {
        return new Topic(id, name, weight, new Topic.Content(6, 200, 4), progress);
    }

    static Topic newTopic(int id) {
        return topic(id, "Topic " + id, 1, Topic.Progress.NONE);
    }

    static List<Topic> newTopics(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Facts::newTopic).toList();
    }

    /** Two lessons of 12 minutes and an exercise of 15 for each topic. */
    static List<Material> materials(List<RankedTopic> ranked) {
        var materials = new ArrayList<Material>();
        for (RankedTopic entry : ranked) {
            int topic = entry.topic().id();
            materials.add(new Material(Material.Kind.LESSON, topic, topic * 10L, "Lesson A of " + topic, 12));
            materials.add(new Material(Material.Kind.LESSON, topic, topic * 10L + 1, "Lesson B of " + topic, 12));
            materials.add(new Material(Material.Kind.EXERCISE, topic, topic * 10L, "Exercise of " + topic, 15));
        }
        return materials;
    }

    static List<PlanItem> plan(Learner learner, List<Topic> topics) {
        List<RankedTopic> ranked = TopicRanking.rank(learner, topics);
        return PlanComposer.compose(learner, ranked, materials(ranked));
    }
}
