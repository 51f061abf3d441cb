package dev.tidegate.worker.generate;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.cost.Binds;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import dev.tidegate.worker.compose.PlanComposer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/** A batch costs its learners, each the same whatever he has behind him. */
final class GenerationCostContracts implements ContractSource {

    private static final int TOPICS_PER_LEARNER = 4;

    @Override
    public List<CostContract> contracts() {
        return List.of(
                perLearner("PlanStore.claim", (data, users) -> binds(users, days(users, tomorrow(data)), data.now()))
                        .when(
                                "plans that are there",
                                100,
                                data -> binds(data.users(100), days(data.users(100), data.today()), data.now()))
                        .atMost(2_000),
                perLearner("PlanStore.existing", (data, users) -> binds(users, days(users, data.today())))
                        .uses("daily_plans_pkey")
                        .atMost(350),
                perLearner(
                                "PlanStore.learners",
                                (data, users) -> binds(
                                        users,
                                        days(users, data.today()),
                                        data.now().plus(Duration.ofDays(1)),
                                        PlanComposer.MAX_REVIEW_CARDS))
                        .uses("reviews_due")
                        .atMost(700),
                perLearner("PlanStore.topics", (data, users) -> binds((Object) users))
                        .mayGrow(
                                4,
                                200,
                                "progress costs up to a page for each topic, of which a learner has at most 256")
                        .atMost(5_500),
                perLearner("PlanStore.materials", GenerationCostContracts::chosenTopics)
                        .uses("lessons_topic_id_position_id_minutes_key", "lesson_completions_pkey")
                        .atMost(6_500),
                perLearner("PlanStore.complete", (data, users) -> binds(users, days(users, data.today()), items(users)))
                        .uses("daily_plans_pkey")
                        .atMost(700),
                perLearner(
                                "PlanFailures.record",
                                (data, users) -> binds(
                                        users,
                                        days(users, data.today()),
                                        Arrays.stream(users).mapToInt(user -> 1).toArray(),
                                        filled(users, "timeout"),
                                        filled(users, "canceling statement due to statement timeout"),
                                        Arrays.stream(users)
                                                .map(user -> data.now().toEpochMilli())
                                                .toArray(),
                                        filled(users, "trace-me"),
                                        data.now(),
                                        new String[] {"timeout", "internal"},
                                        new long[] {2_000, 8_000, 32_000}))
                        .as(DatabaseRole.PLAN_WORKER)
                        .atMost(2_000),
                CostContract.of("PlanFailures.beginAnew")
                        .when(
                                "a failure",
                                data -> binds(
                                        data.heaviest().id(),
                                        data.today().minusDays(1),
                                        data.now().plusSeconds(60),
                                        data.now(),
                                        "trace-me"))
                        .uses("plan_failures_pkey")
                        .as(DatabaseRole.PLAN_WORKER)
                        .atMost(40),
                CostContract.of("PlanFailures.claimDue")
                        .when(
                                "as many as are claimed at once",
                                PlanFailures.MAX_CLAIMED,
                                data -> binds(data.now(), data.now().plusSeconds(60), PlanFailures.MAX_CLAIMED))
                        .when(
                                "none",
                                data -> binds(
                                        data.now().minus(Duration.ofDays(9)),
                                        data.now().plusSeconds(60),
                                        PlanFailures.MAX_CLAIMED))
                        .uses("plan_failures_due")
                        .as(DatabaseRole.PLAN_WORKER)
                        .atMost(3_000));
    }

    private static CostContract.Builder perLearner(String statement, BiFunction<ContractData, long[], Binds> binds) {
        return CostContract.of(statement)
                .when(
                        "newest user",
                        data -> binds.apply(data, new long[] {data.newest().id()}))
                .when(
                        "median user",
                        data -> binds.apply(data, new long[] {data.median().id()}))
                .when(
                        "heaviest user",
                        data -> binds.apply(data, new long[] {data.heaviest().id()}))
                .when("batch", 100, data -> binds.apply(data, data.users(100)));
    }

    private static Binds chosenTopics(ContractData data, long[] users) {
        long[] each = Arrays.stream(users)
                .flatMap(user -> LongStream.generate(() -> user).limit(TOPICS_PER_LEARNER))
                .toArray();
        int[] topics = LongStream.range(0, each.length)
                .mapToInt(i -> data.topic() + (int) (i % 100))
                .toArray();
        return binds(each, topics);
    }

    private static LocalDate tomorrow(ContractData data) {
        return data.today().plusDays(1);
    }

    private static LocalDate[] days(long[] users, LocalDate day) {
        return Collections.nCopies(users.length, day).toArray(LocalDate[]::new);
    }

    private static String[] items(long[] users) {
        return filled(users, "[{\"kind\": \"lesson\", \"title\": \"Lesson 1\", \"minutes\": 6}]");
    }

    private static String[] filled(long[] users, String text) {
        return Collections.nCopies(users.length, text).toArray(String[]::new);
    }
}
