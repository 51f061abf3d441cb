package dev.tidegate.worker.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of every plan, over any learner, content and progress. */
class PlanComposerPropertiesTest {

    /** Everything a plan is made of. */
    record Situation(Learner learner, List<Topic> topics, List<Material> materials) {

        List<PlanItem> plan() {
            return PlanComposer.compose(learner, TopicRanking.rank(learner, topics), materials);
        }
    }

    @Property
    void neverExceedsTheDay(@ForAll("situations") Situation situation) {
        assertThat(situation.plan().stream().mapToInt(PlanItem::minutes).sum())
                .isLessThanOrEqualTo(situation.learner().dailyMinutes());
    }

    @Property
    void everyItemSaysWhyAndTakesTime(@ForAll("situations") Situation situation) {
        assertThat(situation.plan())
                .hasSizeLessThanOrEqualTo(PlanComposer.MAX_ITEMS)
                .allSatisfy(item -> {
                    assertThat(item.reason()).isNotBlank().hasSizeLessThanOrEqualTo(300);
                    assertThat(item.title()).isNotBlank().hasSizeLessThanOrEqualTo(300);
                    assertThat(item.minutes()).isPositive();
                });
    }

    @Property
    void nothingIsPlannedTwice(@ForAll("situations") Situation situation) {
        List<Object> identities = situation.plan().stream()
                .map(item -> switch (item) {
                    case PlanItem.Review ignored -> (Object) "review";
                    case PlanItem.Quiz quiz -> "quiz " + quiz.topicId();
                    case PlanItem.Lesson lesson -> "lesson " + lesson.lessonId();
                    case PlanItem.Exercise exercise -> "exercise " + exercise.exerciseId();
                })
                .toList();
        assertThat(new HashSet<>(identities)).hasSameSizeAs(identities);
    }

    @Property
    void dueCardsAreAlwaysFirst(@ForAll("situations") Situation situation) {
        if (situation.learner().dueCards() > 0) {
            assertThat(situation.plan().getFirst()).isInstanceOf(PlanItem.Review.class);
        } else {
            assertThat(situation.plan()).noneMatch(PlanItem.Review.class::isInstance);
        }
    }

    @Property
    void timeIsLeftOnlyWhenNothingThatIsLeftFits(@ForAll("situations") Situation situation) {
        List<PlanItem> plan = situation.plan();
        int left = situation.learner().dailyMinutes()
                - plan.stream().mapToInt(PlanItem::minutes).sum();
        List<Integer> ranked = TopicRanking.rank(situation.learner(), situation.topics()).stream()
                .map(topic -> topic.topic().id())
                .toList();
        if (plan.size() == PlanComposer.MAX_ITEMS) {
            return;
        }
        for (int id : ranked) {
            for (Material.Kind kind : Material.Kind.values()) {
                situation.materials().stream()
                        .filter(material -> material.topicId() == id && material.kind() == kind)
                        .filter(material -> !contains(plan, material))
                        .findFirst()
                        .ifPresent(next -> assertThat(next.minutes()).isGreaterThan(left));
            }
        }
    }

    @Provide
    Arbitrary<Situation> situations() {
        return Combinators.combine(learners(), Arbitraries.integers().between(0, 30), Arbitraries.longs())
                .as((learner, topicCount, seed) -> situation(learner, topicCount, new java.util.Random(seed)));
    }

    private static Arbitrary<Learner> learners() {
        return Combinators.combine(
                        Arbitraries.integers().between(5, 600),
                        Arbitraries.integers().between(-10, 400).injectNull(0.3),
                        Arbitraries.integers().between(0, PlanComposer.MAX_REVIEW_CARDS),
                        Arbitraries.of(true, false))
                .as((minutes, exam, due, enrolled) -> new Learner(
                        1, Facts.TODAY, minutes, exam == null ? null : Facts.TODAY.plusDays(exam), due, enrolled));
    }

    private static Situation situation(Learner learner, int topicCount, java.util.Random random) {
        List<Topic> topics = IntStream.rangeClosed(1, topicCount)
                .mapToObj(id -> topic(id, random))
                .toList();
        var materials = new ArrayList<Material>();
        for (Topic topic : topics) {
            for (int n = random.nextInt(3); n > 0; n--) {
                materials.add(new Material(
                        Material.Kind.LESSON, topic.id(), topic.id() * 10L + n, "Lesson", 1 + random.nextInt(120)));
            }
            if (random.nextBoolean()) {
                materials.add(new Material(
                        Material.Kind.EXERCISE, topic.id(), topic.id() * 10L, "Exercise", 1 + random.nextInt(240)));
            }
        }
        return new Situation(learner, topics, materials);
    }

    private static Topic topic(int id, java.util.Random random) {
        var content = new Topic.Content(random.nextInt(8), random.nextInt(600), random.nextInt(5));
        int answered = random.nextInt(300);
        var progress = new Topic.Progress(
                random.nextInt(content.lessons() + 1),
                random.nextInt(content.questions() + 1),
                answered,
                random.nextInt(answered + 1));
        return new Topic(id, "Topic " + id, 0.1 + random.nextDouble() * 5, content, progress);
    }

    private static boolean contains(List<PlanItem> plan, Material material) {
        return plan.stream().anyMatch(item -> switch (item) {
            case PlanItem.Lesson lesson ->
                material.kind() == Material.Kind.LESSON && lesson.lessonId() == material.id();
            case PlanItem.Exercise exercise ->
                material.kind() == Material.Kind.EXERCISE && exercise.exerciseId() == material.id();
            case PlanItem.Review ignored -> false;
            case PlanItem.Quiz ignored -> false;
        });
    }
}
