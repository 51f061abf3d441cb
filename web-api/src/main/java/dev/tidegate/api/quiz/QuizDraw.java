package dev.tidegate.api.quiz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Draws quizzes.
 *
 * <p>Every eligible question that the learner has not seen is equally likely, and so is every seen one among those that
 * fill up the rest. Numbers are drawn instead of questions: the chosen pools lie side by side, a number falls into one
 * of them by binary search, and the pool's slot holds the question. What a draw costs depends on the number of pools and
 * questions asked for, never on how many questions a tag has.
 *
 * <p>At most 1,000 + 10 × count numbers are looked at. If the chosen pools hold no more than that, these are all, and
 * an unseen question is found whenever there is one; a larger choice is sampled, and a learner who has seen nearly all
 * of it may be given seen questions although unseen ones are left.
 */
final class QuizDraw {

    private static final TypeReference<List<Quiz.Question>> QUESTIONS = new TypeReference<>() {};

    private final ReactiveSql sql;
    private final ObjectMapper json;

    QuizDraw(ReactiveSql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    private static final Sql CREATE = Sql.of("QuizDraw.create", """
            with learner as (
                select id, tenant_id
                from users
                where id = $1
                  and tenant_id = $2
            ),
            chosen as (
                select unnest($4::int[]) as owner_id
                union
                select id from topics where subject_id = $5::int
            ),
            pool as (
                select p.owner_id, p.difficulty, p.question_count,
                       sum(p.question_count) over (order by p.owner_id, p.difficulty) - p.question_count
                           as first_number
                from chosen c
                join quiz_pools p on p.kind = $3::text and p.owner_id = c.owner_id
                where p.difficulty between $6::int and $7::int
                  and p.question_count > 0
            ),
            urn as materialized (
                select coalesce(sum(question_count), 0)::bigint as size,
                       array_agg(owner_id order by first_number) as owners,
                       array_agg(difficulty order by first_number) as difficulties,
                       array_agg(first_number::bigint order by first_number) as first_numbers,
                       1000 + 10 * $9::int as looks
                from pool
            ),
            draw as materialized (
                -- Numbers of the urn in random order, each once: all of a small urn, a sample of a large one.
                select number, min(turn) as turn
                from (
                    select n - 1 as number, hashint8extended(n, $8::bigint) as turn
                    from urn, generate_series(1, case when size <= looks then size else 0 end) n
                    union all
                    select (hashint8extended(n, $8::bigint) & 9223372036854775807) % size, n
                    from urn, generate_series(1, case when size > looks then looks else 0 end) n
                ) numbers
                group by number
                order by turn
            ),
            candidate as materialized (
                -- Made in turn, and only as far as the limits below read. Each look-up is a lateral subquery with a
                -- limit, because as a join it could become a hash of a whole table.
                select draw.turn, slot.question_id, question.topic_id, history.seen is not null as seen
                from draw
                cross join urn
                cross join lateral (select width_bucket(draw.number, urn.first_numbers) as n offset 0) as pool_of
                cross join lateral (
                    select s.question_id
                    from quiz_slots s
                    where s.kind = $3::text
                      and s.owner_id = urn.owners[pool_of.n]
                      and s.difficulty = urn.difficulties[pool_of.n]
                      and s.slot = draw.number - urn.first_numbers[pool_of.n] + 1
                    limit 1
                ) as slot
                cross join lateral (
                    -- Edited since the slots were filled?
                    select q.topic_id
                    from questions q
                    where q.id = slot.question_id
                      and q.validation_status = 'validated'
                      and q.difficulty between $6::int and $7::int
                    limit 1
                ) as question
                left join lateral (
                    -- A question with several of the chosen tags counts under the smallest of them only: otherwise
                    -- it would be the more likely the more tags it carries.
                    select true as taken
                    from quiz_slots s
                    where s.question_id = slot.question_id
                      and s.kind = $3::text
                      and s.owner_id < urn.owners[pool_of.n]
                      and s.owner_id = any ($4::int[])
                    limit 1
                ) as other on true
                left join lateral (
                    select true as seen
                    from question_history h
                    where h.user_id = $1
                      and h.question_id = slot.question_id
                    limit 1
                ) as history on true
                where other.taken is null
                order by draw.turn
            ),
            unseen as materialized (
                select turn, question_id, topic_id
                from candidate
                where not seen
                limit $9::int
            ),
            picked as materialized (
                select question_id, topic_id, seen, row_number() over (order by seen, turn) as position
                from (
                    select false as seen, unseen.*
                    from unseen
                    union all
                    select true, filler.*
                    from (
                        select turn, question_id, topic_id
                        from candidate
                        where seen
                        limit $9::int - (select count(*) from unseen)
                    ) filler
                ) drawn
            ),
            summary as (
                select count(*)::int as questions, count(distinct topic_id)::int as topics,
                       (array_agg(topic_id order by position))[1] as first_topic
                from picked
            ),
            quiz as (
                insert into tests (user_id, tenant_id, title, question_count, topic_count, created_at)
                select l.id, l.tenant_id,
                       coalesce($10::text, case s.topics when 1 then 'Quiz: ' || t.name
                                                else format('Quiz: %s and %s more', t.name, s.topics - 1) end),
                       s.questions, s.topics, $11::timestamptz
                from learner l
                cross join summary s
                join topics t on t.id = s.first_topic
                returning id, title, question_count, created_at
            ),
            covered as (
                insert into test_topics (test_id, topic_id)
                select distinct quiz.id, picked.topic_id
                from quiz
                cross join picked
            ),
            asked as (
                insert into test_questions (test_id, position, question_id)
                select quiz.id, picked.position, picked.question_id
                from quiz
                cross join picked
                order by picked.position
            )
            select quiz.id, quiz.title, quiz.question_count, quiz.created_at,
                   (
                       select jsonb_agg(jsonb_build_object(
                                  'position', p.position, 'questionId', q.id, 'topicId', q.topic_id,
                                  'difficulty', q.difficulty, 'stem', q.stem, 'options', q.options,
                                  'seenBefore', p.seen) order by p.position)
                       from picked p
                       join questions q on q.id = p.question_id
                   )::text as questions
            from learner
            left join quiz on true
            """);

    /**
     * Draws and keeps a quiz.
     *
     * @param seed decides what is drawn
     * @return empty if no question fits the choice
     * @throws Problem 404 if the tenant has no such user
     */
    Uni<Optional<Quiz>> create(Learner learner, QuizChoice choice, long seed, Instant now) {
        return sql.one(
                        CREATE,
                        row -> quiz(row, choice.count()),
                        learner.userId(),
                        learner.tenantId(),
                        choice.poolKind(),
                        choice.poolOwners(),
                        choice.subjectOrNone(),
                        choice.easiest(),
                        choice.hardest(),
                        seed,
                        choice.count(),
                        choice.title(),
                        now)
                .map(found -> found.orElseThrow(() -> Problem.notFound("The user")));
    }

    private Optional<Quiz> quiz(Row row, int requested) {
        @Nullable Long id = row.find("id", Long.class);
        return id == null
                ? Optional.empty()
                : Optional.of(new Quiz(
                        id,
                        row.get("title", String.class),
                        row.get("created_at", Instant.class),
                        requested,
                        row.get("question_count", Integer.class),
                        questions(row.get("questions", String.class))));
    }

    private List<Quiz.Question> questions(String text) {
        try {
            return json.readValue(text, QUESTIONS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database's JSON cannot be read", e);
        }
    }
}
