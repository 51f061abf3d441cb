package dev.tidegate.worker.generate;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import dev.tidegate.worker.compose.Learner;
import dev.tidegate.worker.compose.Material;
import dev.tidegate.worker.compose.PlanComposer;
import dev.tidegate.worker.compose.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The statements of generating plans; each serves a whole batch and belongs to the batch's transaction. */
final class PlanStore {

    private final JdbcSql sql;

    PlanStore(JdbcSql transaction) {
        this.sql = transaction;
    }

    // The order by is what keeps overlapping batches from deadlocking: everybody takes the keys in one order.
    private static final Sql CLAIM = Sql.of("PlanStore.claim", """
            insert into daily_plans (user_id, plan_date, tenant_id, generated_at, daily_minutes)
            select u.id, wanted.plan_date, u.tenant_id, $3, u.daily_minutes
            from unnest($1::bigint[], $2::date[]) as wanted (user_id, plan_date)
            join users u on u.id = wanted.user_id
            order by u.id, wanted.plan_date
            on conflict (user_id, plan_date) do nothing
            returning user_id, plan_date
            """);

    /**
     * Inserts plans without items and returns those that were not there: only they are computed. Waits for a
     * transaction that is inserting the same key.
     */
    Set<PlanKey> claim(Collection<PlanKey> keys, Instant now) {
        return Set.copyOf(sql.list(CLAIM, PlanStore::key, userIds(keys), planDates(keys), now));
    }

    // A second statement, because the loser of a race does not see the winner's row in its own insert.
    private static final Sql EXISTING = Sql.of("PlanStore.existing", """
            select p.user_id, p.plan_date
            from unnest($1::bigint[], $2::date[]) as wanted (user_id, plan_date)
            join daily_plans p on p.user_id = wanted.user_id and p.plan_date = wanted.plan_date
            """);

    /** Which of the keys have a plan. */
    Set<PlanKey> existing(Collection<PlanKey> keys) {
        return Set.copyOf(sql.list(EXISTING, PlanStore::key, userIds(keys), planDates(keys)));
    }

    // Counting stops at $4 cards. The order by makes the planner walk reviews_due from the most overdue card on;
    // without it another index was chosen.
    private static final Sql LEARNERS = Sql.of("PlanStore.learners", """
            select u.id as user_id, wanted.plan_date, u.daily_minutes, u.exam_date, due.cards as due_cards,
                   exists (select from enrolments e where e.user_id = u.id) as enrolled
            from unnest($1::bigint[], $2::date[]) as wanted (user_id, plan_date)
            join users u on u.id = wanted.user_id
            cross join lateral (
                select count(*)::int as cards
                from (
                    select 1
                    from reviews r
                    where r.user_id = u.id and r.due_at <= $3
                    order by r.due_at
                    limit $4
                ) bounded
            ) due
            """);

    /** The learners of the keys, one per key, with the cards that fall due until an instant. */
    List<Learner> learners(Collection<PlanKey> keys, Instant dueUntil) {
        return sql.list(
                LEARNERS,
                row -> new Learner(
                        row.get("user_id", Long.class),
                        row.get("plan_date", LocalDate.class),
                        row.get("daily_minutes", Integer.class),
                        row.find("exam_date", LocalDate.class),
                        row.get("due_cards", Integer.class),
                        row.get("enrolled", Boolean.class)),
                userIds(keys),
                planDates(keys),
                dueUntil,
                PlanComposer.MAX_REVIEW_CARDS);
    }

    // Reads one precomputed row per topic, never content. A learner without enrolments is offered all subjects.
    // The limit bounds a learner's share of the result; the heaviest subjects come first.
    private static final Sql TOPICS = Sql.of("PlanStore.topics", """
            select wanted.user_id, offered.*
            from unnest($1::bigint[]) as wanted (user_id)
            cross join lateral (
                select t.id as topic_id, t.name,
                       (s.exam_weight * coalesce(e.weight, 1) * t.exam_weight)::float8 as weight,
                       c.lesson_count, c.question_count, c.exercise_count,
                       coalesce(p.lessons_completed, 0) as lessons_completed,
                       coalesce(p.questions_seen, 0) as questions_seen,
                       coalesce(p.questions_answered, 0) as questions_answered,
                       coalesce(p.questions_correct, 0) as questions_correct
                from subjects s
                left join enrolments e on e.user_id = wanted.user_id and e.subject_id = s.id
                join topics t on t.subject_id = s.id
                join topic_content_stats c on c.topic_id = t.id
                left join topic_progress p on p.user_id = wanted.user_id and p.topic_id = t.id
                where e.user_id is not null
                   or not exists (select from enrolments any_subject where any_subject.user_id = wanted.user_id)
                order by s.exam_weight * coalesce(e.weight, 1) desc, t.id
                limit 256
            ) offered
            """);

    /** Topics by user, at most 256 each. */
    Map<Long, List<Topic>> topics(Collection<Long> users) {
        record UserTopic(long userId, Topic topic) {}
        return sql
                .list(
                        TOPICS,
                        row -> new UserTopic(row.get("user_id", Long.class), topic(row)),
                        users.stream().mapToLong(Long::longValue).toArray())
                .stream()
                .collect(Collectors.groupingBy(
                        UserTopic::userId, Collectors.mapping(UserTopic::topic, Collectors.toList())));
    }

    // Two lessons and one exercise of a topic are more than any plan takes of it in a turn through the topics.
    private static final Sql MATERIALS = Sql.of("PlanStore.materials", """
            select chosen.user_id, chosen.topic_id, next.kind, next.id, next.title, next.minutes
            from unnest($1::bigint[], $2::int[]) as chosen (user_id, topic_id)
            cross join lateral (
                (
                    select 'lesson' as kind, l.id, l.title, l.minutes, l.position
                    from lessons l
                    where l.topic_id = chosen.topic_id
                      and not exists (
                          select from lesson_completions c where c.user_id = chosen.user_id and c.lesson_id = l.id)
                    order by l.position
                    limit 2
                )
                union all
                (
                    select 'exercise', x.id, x.title, x.minutes, x.position
                    from exercises x
                    where x.topic_id = chosen.topic_id
                      and not exists (
                          select from exercise_completions c where c.user_id = chosen.user_id and c.exercise_id = x.id)
                    order by x.position
                    limit 1
                )
            ) next
            order by chosen.user_id, chosen.topic_id, next.position
            """);

    /** The next uncompleted lessons and exercises by user, each topic's in the order to study them. */
    Map<Long, List<Material>> materials(List<UserTopicId> chosen) {
        record UserMaterial(long userId, Material material) {}
        return sql
                .list(
                        MATERIALS,
                        row -> new UserMaterial(row.get("user_id", Long.class), material(row)),
                        chosen.stream().mapToLong(UserTopicId::userId).toArray(),
                        chosen.stream().mapToInt(UserTopicId::topicId).toArray())
                .stream()
                .collect(Collectors.groupingBy(
                        UserMaterial::userId, Collectors.mapping(UserMaterial::material, Collectors.toList())));
    }

    /** A topic that was chosen for a user's day. */
    record UserTopicId(long userId, int topicId) {}

    private static final Sql COMPLETE = Sql.of("PlanStore.complete", """
            update daily_plans p
            set items = composed.items::jsonb
            from unnest($1::bigint[], $2::date[], $3::text[]) as composed (user_id, plan_date, items)
            where p.user_id = composed.user_id and p.plan_date = composed.plan_date
            """);

    /** Gives claimed plans their items, as JSON arrays. */
    void complete(Map<PlanKey, String> items) {
        List<PlanKey> keys = List.copyOf(items.keySet());
        String[] json = keys.stream().map(items::get).toArray(String[]::new);
        int completed = sql.update(COMPLETE, userIds(keys), planDates(keys), json);
        if (completed != keys.size()) {
            throw new IllegalStateException("completed " + completed + " of " + keys.size() + " claimed plans");
        }
    }

    private static PlanKey key(Row row) {
        return new PlanKey(row.get("user_id", Long.class), row.get("plan_date", LocalDate.class));
    }

    private static Topic topic(Row row) {
        return new Topic(
                row.get("topic_id", Integer.class),
                row.get("name", String.class),
                row.get("weight", Double.class),
                new Topic.Content(
                        row.get("lesson_count", Integer.class),
                        row.get("question_count", Integer.class),
                        row.get("exercise_count", Integer.class)),
                new Topic.Progress(
                        row.get("lessons_completed", Integer.class),
                        row.get("questions_seen", Integer.class),
                        row.get("questions_answered", Integer.class),
                        row.get("questions_correct", Integer.class)));
    }

    private static Material material(Row row) {
        return new Material(
                Material.Kind.valueOf(row.get("kind", String.class).toUpperCase(Locale.ROOT)),
                row.get("topic_id", Integer.class),
                row.get("id", Long.class),
                row.get("title", String.class),
                row.get("minutes", Integer.class));
    }

    private static long[] userIds(Collection<PlanKey> keys) {
        return keys.stream().mapToLong(PlanKey::userId).toArray();
    }

    private static LocalDate[] planDates(Collection<PlanKey> keys) {
        return keys.stream().map(PlanKey::planDate).toArray(LocalDate[]::new);
    }
}
