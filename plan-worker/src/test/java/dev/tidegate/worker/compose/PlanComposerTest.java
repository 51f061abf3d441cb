package dev.tidegate.worker.compose;

import static dev.tidegate.worker.compose.Facts.learner;
import static dev.tidegate.worker.compose.Facts.newTopics;
import static dev.tidegate.worker.compose.Facts.plan;
import static dev.tidegate.worker.compose.Facts.topic;
import static dev.tidegate.worker.compose.Facts.withExamIn;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanComposerTest {

    @Test
    void newUserStartsWithLessonQuizAndExerciseOfDifferentTopics() {
        List<PlanItem> plan = plan(learner(60, 0), newTopics(10));

        assertThat(plan.subList(0, 3))
                .extracting(item -> (Object) item.getClass())
                .containsExactly(PlanItem.Lesson.class, PlanItem.Quiz.class, PlanItem.Exercise.class);
        assertThat(plan.getFirst().reason()).isEqualTo("Topic 1 is new to you");
        assertThat(plan.stream().map(PlanComposerTest::topicId).distinct()).hasSameSizeAs(plan);
    }

    @Test
    void dueCardsComeFirstAndTakeAtMostHalfTheDay() {
        PlanItem first = plan(learner(30, 40), newTopics(5)).getFirst();

        assertThat(first)
                .isEqualTo(new PlanItem.Review("Review 30 due cards", "40 cards are due; these come first", 15, 30));
    }

    @Test
    void oneDueCardIsWordedAsOne() {
        assertThat(plan(learner(30, 1), newTopics(5)).getFirst())
                .isEqualTo(new PlanItem.Review("Review 1 due card", "1 card is due", 1, 1));
    }

    @Test
    void userWhoFinishedEverythingGetsQuizzesOnTheWeakest() {
        Topic strong = topic(1, "Optics", 1, new Topic.Progress(6, 80, 100, 96));
        Topic weak = topic(2, "Kinematics", 1, new Topic.Progress(6, 80, 100, 41));
        Learner learner = learner(45, 0);

        List<PlanItem> plan =
                PlanComposer.compose(learner, TopicRanking.rank(learner, List.of(strong, weak)), List.of());

        assertThat(plan).extracting(item -> (Object) item.getClass()).containsOnly(PlanItem.Quiz.class);
        assertThat(plan.getFirst().title()).isEqualTo("Quiz on Kinematics: 7 questions");
        assertThat(plan.getFirst().reason()).isEqualTo("accuracy 41 % in Kinematics");
        assertThat(plan.get(1).reason()).isEqualTo("keeps Optics fresh");
    }

    @Test
    void userWithoutSubjectsIsToldSo() {
        var learner = new Learner(5, Facts.TODAY, 30, null, 0, false);

        List<PlanItem> plan = plan(learner, newTopics(8));

        assertThat(plan)
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.reason()).endsWith("until you choose subjects"));
    }

    @Test
    void userWithoutSubjectsContentOrCardsHasAnEmptyDay() {
        assertThat(plan(new Learner(5, Facts.TODAY, 30, null, 0, false), List.of()))
                .isEmpty();
    }

    @Test
    void examTomorrowIsMentioned() {
        List<PlanItem> plan = plan(withExamIn(1, learner(60, 0)), newTopics(6));

        assertThat(plan).allSatisfy(item -> assertThat(item.reason()).endsWith("; exam tomorrow"));
    }

    @Test
    void examInTwoMonthsIsNotMentioned() {
        assertThat(plan(withExamIn(60, learner(60, 0)), newTopics(6)))
                .noneSatisfy(item -> assertThat(item.reason()).contains("exam"));
    }

    @Test
    void fiveMinutesAreAShortQuizWhenNoLessonFits() {
        assertThat(plan(learner(5, 0), newTopics(6)))
                .singleElement()
                .isEqualTo(new PlanItem.Quiz("Quiz on Topic 1: 5 questions", "Topic 1 is new to you", 5, 5, 1));
    }

    @Test
    void fiveMinutesWithDueCardsReviewThem() {
        assertThat(plan(learner(5, 12), newTopics(6)).getFirst())
                .isEqualTo(new PlanItem.Review("Review 5 due cards", "12 cards are due; these come first", 3, 5));
    }

    @Test
    void tenHoursAreFilledOverManyTopics() {
        List<PlanItem> plan = plan(learner(600, 40), newTopics(48));

        assertThat(plan.stream().mapToInt(PlanItem::minutes).sum()).isBetween(585, 600);
        assertThat(plan.stream().map(PlanComposerTest::topicId).distinct().count())
                .isGreaterThan(30);
    }

    @Test
    void quizIsNoLongerThanTheTopicsBank() {
        var small = new Topic(1, "Small", 1, new Topic.Content(0, 4, 0), Topic.Progress.NONE);
        Learner learner = learner(60, 0);

        assertThat(PlanComposer.compose(learner, TopicRanking.rank(learner, List.of(small)), List.of()))
                .singleElement()
                .extracting(PlanItem::minutes)
                .isEqualTo(4);
    }

    @Test
    void coverageIsTheReasonWhileATopicIsHalfDone() {
        Topic half = topic(3, "Waves", 1, new Topic.Progress(3, 25, 25, 22));
        assertThat(plan(learner(60, 0), List.of(half)).getFirst().reason()).isEqualTo("50 % of Waves covered so far");
    }

    @Test
    void sameFactsMakeTheSamePlan() {
        List<Topic> topics = newTopics(20);
        List<Topic> reversed = IntStream.iterate(19, i -> i >= 0, i -> i - 1)
                .mapToObj(topics::get)
                .toList();
        assertThat(plan(learner(120, 7), reversed)).isEqualTo(plan(learner(120, 7), topics));
    }

    private static int topicId(PlanItem item) {
        return switch (item) {
            case PlanItem.Review ignored -> 0;
            case PlanItem.Quiz quiz -> quiz.topicId();
            case PlanItem.Lesson lesson -> lesson.topicId();
            case PlanItem.Exercise exercise -> exercise.topicId();
        };
    }
}
