package dev.tidegate.worker.compose;

import static dev.tidegate.worker.compose.Facts.learner;
import static dev.tidegate.worker.compose.Facts.topic;
import static dev.tidegate.worker.compose.Facts.withExamIn;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicRankingTest {

    private static final Topic.Progress WELL_KNOWN_HALF_COVERED = new Topic.Progress(3, 25, 100, 95);
    private static final Topic.Progress BADLY_KNOWN_COVERED = new Topic.Progress(6, 60, 100, 40);

    @Test
    void heavierTopicComesFirstAmongEquals() {
        assertThat(order(
                        learner(60, 0),
                        topic(1, "light", 1, Topic.Progress.NONE),
                        topic(2, "heavy", 3, Topic.Progress.NONE)))
                .containsExactly(2, 1);
    }

    @Test
    void lowAccuracyComesFirstAmongEquals() {
        Topic strong = topic(1, "strong", 1, new Topic.Progress(3, 30, 50, 45));
        Topic weak = topic(2, "weak", 1, new Topic.Progress(3, 30, 50, 20));
        assertThat(order(learner(60, 0), strong, weak)).containsExactly(2, 1);
    }

    @Test
    void lowCoverageComesFirstAmongEquals() {
        Topic covered = topic(1, "covered", 1, new Topic.Progress(6, 50, 50, 30));
        Topic fresh = topic(2, "fresh", 1, new Topic.Progress(0, 50, 50, 30));
        assertThat(order(learner(60, 0), covered, fresh)).containsExactly(2, 1);
    }

    @Test
    void farFromTheExamBreadthBeatsWeakness() {
        Topic halfCovered = topic(1, "half covered", 1, WELL_KNOWN_HALF_COVERED);
        Topic weak = topic(2, "weak", 1, new Topic.Progress(6, 60, 100, 60));
        assertThat(order(learner(60, 0), halfCovered, weak)).containsExactly(1, 2);
    }

    @Test
    void theDayBeforeTheExamWeaknessBeatsBreadth() {
        Topic halfCovered = topic(1, "half covered", 1, WELL_KNOWN_HALF_COVERED);
        Topic weak = topic(2, "weak", 1, BADLY_KNOWN_COVERED);
        assertThat(order(withExamIn(1, learner(60, 0)), halfCovered, weak)).containsExactly(2, 1);
    }

    @Test
    void nearTheExamWeightsCountMore() {
        Topic light = topic(1, "light but new", 1, Topic.Progress.NONE);
        Topic heavy = topic(2, "heavy, known better", 4, new Topic.Progress(4, 40, 60, 42));
        assertThat(order(withExamIn(1, learner(60, 0)), light, heavy)).containsExactly(2, 1);
    }

    @Test
    void anExamThatIsOverIsNoExam() {
        assertThat(withExamIn(-3, learner(60, 0)).daysToExam()).isEmpty();
        assertThat(withExamIn(0, learner(60, 0)).daysToExam()).hasValue(0);
    }

    @Test
    void topicWithoutContentIsLeftOut() {
        var empty = new Topic(7, "empty", 5, new Topic.Content(0, 0, 0), Topic.Progress.NONE);
        assertThat(TopicRanking.rank(learner(60, 0), List.of(empty))).isEmpty();
    }

    @Test
    void tiesGoToTheSmallerIdWhateverTheOrderOfTheFacts() {
        Topic one = Facts.newTopic(1);
        Topic two = Facts.newTopic(2);
        assertThat(order(learner(60, 0), two, one)).containsExactly(1, 2);
    }

    private static List<Integer> order(Learner learner, Topic... topics) {
        return TopicRanking.rank(learner, List.of(topics)).stream()
                .map(ranked -> ranked.topic().id())
                .toList();
    }
}
