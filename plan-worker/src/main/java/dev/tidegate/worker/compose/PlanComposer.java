package dev.tidegate.worker.compose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills a learner's day with items. The rules, in order:
 *
 * <ol>
 *   <li>Due flashcards come first: two a minute, at most {@value #MAX_REVIEW_CARDS} and at most half the day, because
 *       a forgotten card costs more later, but a day of nothing but cards is not studied.
 *   <li>Then lesson, quiz and exercise alternate. Each turn takes the best topic that still offers its kind within
 *       the minutes left. A topic's score counts ÷ (1 + times used today), so the day spreads over topics before it
 *       returns to one.
 *   <li>A quiz takes about a sixth of the day: {@code daily minutes ÷ 6} questions of a minute, 5 to 20, fewer if
 *       less time is left, at least {@value #MIN_QUIZ_QUESTIONS}; a topic is quizzed once a day. Lessons and exercises
 *       are the topic's next uncompleted ones and are never cut.
 *   <li>The day ends when nothing that is left fits, or at {@value #MAX_ITEMS} items.
 * </ol>
 *
 * <p>So the minutes of the items never exceed the day's, a beginner gets lessons and first quizzes of the weightiest
 * topics, and somebody who has finished all lessons gets quizzes on the weakest. An empty day is possible only if
 * there is no content and nothing is due.
 */
public final class PlanComposer {

    /** Cards of one day's review at most; also how far due cards need to be counted. */
    public static final int MAX_REVIEW_CARDS = 40;

    static final int MAX_ITEMS = 60;
    static final int MIN_QUIZ_QUESTIONS = 3;
    private static final int CARDS_PER_MINUTE = 2;

    private final Learner learner;
    private final List<RankedTopic> topics;
    private final List<Material> untouched;
    private final List<PlanItem> items = new ArrayList<>();
    private final Map<Integer, Integer> timesUsed = new HashMap<>();
    private final Set<Integer> quizzed = new HashSet<>();
    private int minutesLeft;

    private PlanComposer(Learner learner, List<RankedTopic> topics, List<Material> materials) {
        this.learner = learner;
        this.topics = topics;
        this.untouched = new ArrayList<>(materials);
        this.minutesLeft = learner.dailyMinutes();
    }

    /**
     * The items of a day, in order.
     *
     * @param topics from {@link TopicRanking#rank}
     * @param materials uncompleted lessons and exercises of those topics, each topic's in the order to study them
     */
    public static List<PlanItem> compose(Learner learner, List<RankedTopic> topics, List<Material> materials) {
        var composer = new PlanComposer(learner, topics, materials);
        composer.review();
        composer.alternate();
        return List.copyOf(composer.items);
    }

    private void review() {
        int cards =
                Math.min(Math.min(learner.dueCards(), MAX_REVIEW_CARDS), learner.dailyMinutes() * CARDS_PER_MINUTE / 2);
        if (cards > 0) {
            int minutes = Math.ceilDiv(cards, CARDS_PER_MINUTE);
            String title = cards == 1 ? "Review 1 due card" : "Review %d due cards".formatted(cards);
            add(new PlanItem.Review(title, Reasons.forReview(learner.dueCards(), cards), minutes, cards));
        }
    }

    private void alternate() {
        Turn turn = Turn.LESSON;
        int passed = 0;
        while (passed < Turn.values().length && items.size() < MAX_ITEMS) {
            Optional<PlanItem> item = switch (turn) {
                case LESSON -> material(Material.Kind.LESSON);
                case QUIZ -> quiz();
                case EXERCISE -> material(Material.Kind.EXERCISE);
            };
            item.ifPresent(this::add);
            passed = item.isPresent() ? 0 : passed + 1;
            turn = turn.next();
        }
    }

    private Optional<PlanItem> material(Material.Kind kind) {
        for (Topic topic : byPriority()) {
            Optional<Material> next = untouched.stream()
                    .filter(material -> material.kind() == kind && material.topicId() == topic.id())
                    .findFirst();
            if (next.isPresent() && next.get().minutes() <= minutesLeft) {
                untouched.remove(next.get());
                return Optional.of(item(topic, next.get()));
            }
        }
        return Optional.empty();
    }

    private PlanItem item(Topic topic, Material material) {
        use(topic);
        String reason = Reasons.forTopic(learner, topic);
        return switch (material.kind()) {
            case LESSON -> new PlanItem.Lesson(material.title(), reason, material.minutes(), topic.id(), material.id());
            case EXERCISE ->
                new PlanItem.Exercise(material.title(), reason, material.minutes(), topic.id(), material.id());
        };
    }

    private Optional<PlanItem> quiz() {
        int wanted = Math.min(Math.clamp(learner.dailyMinutes() / 6, 5, 20), minutesLeft);
        for (Topic topic : byPriority()) {
            int questions = Math.min(wanted, topic.content().questions());
            if (questions >= MIN_QUIZ_QUESTIONS && quizzed.add(topic.id())) {
                use(topic);
                return Optional.of(new PlanItem.Quiz(
                        "Quiz on %s: %d questions".formatted(topic.name(), questions),
                        Reasons.forTopic(learner, topic),
                        questions,
                        questions,
                        topic.id()));
            }
        }
        return Optional.empty();
    }

    private List<Topic> byPriority() {
        return topics.stream()
                .sorted(Comparator.comparingDouble(ranked -> -ranked.score() / (1 + timesUsed(ranked.topic()))))
                .map(RankedTopic::topic)
                .toList();
    }

    private int timesUsed(Topic topic) {
        return timesUsed.getOrDefault(topic.id(), 0);
    }

    private void use(Topic topic) {
        timesUsed.merge(topic.id(), 1, Integer::sum);
    }

    private void add(PlanItem item) {
        items.add(item);
        minutesLeft -= item.minutes();
    }

    private enum Turn {
        LESSON,
        QUIZ,
        EXERCISE;

        Turn next() {
            return values()[(ordinal() + 1) % values().length];
        }
    }
}
