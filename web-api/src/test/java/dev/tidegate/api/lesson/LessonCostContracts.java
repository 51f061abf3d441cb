package dev.tidegate.api.lesson;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class LessonCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("LessonQueries.ofTopic")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), 100, 0L, 6))
                        .when(
                                "last page",
                                data -> binds(
                                        data.heaviest().id(), data.heaviest().tenantId(), 100, 3L, 6))
                        .uses("lessons_topic_id_position_id_minutes_key", "lesson_completions_pkey")
                        .atMost(45),
                CostContract.of("LessonQueries.all")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), 0L, 0L, 21))
                        .when(
                                "middle page",
                                data -> binds(
                                        data.heaviest().id(), data.heaviest().tenantId(), 96L, 2L, 21))
                        .when(
                                "last page",
                                data -> binds(
                                        data.heaviest().id(), data.heaviest().tenantId(), 190L, 0L, 21))
                        .uses("lessons_topic_id_position_id_minutes_key", "lesson_completions_pkey")
                        .atMost(80),
                CostContract.of("LessonQueries.one")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), 10L))
                        .uses("lessons_pkey")
                        .atMost(15),
                CostContract.of("Completions.record")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), 900L, data.now()))
                        .when(
                                "completed before",
                                data -> binds(
                                        data.heaviest().id(), data.heaviest().tenantId(), 10L, data.now()))
                        .uses("lessons_pkey", "lesson_completions_pkey")
                        .mayGrow(2, 80, "a first completion writes four tables, a repetition none")
                        .atMost(120));
    }
}
