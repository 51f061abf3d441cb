package dev.tidegate.api.pasttests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.paging.PageToken;
import dev.tidegate.api.replica.LagTolerantSql;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads past tests. */
@Singleton
class PastTestQueries {

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
    private static final TypeReference<List<PastTest.Topic>> TOPICS = new TypeReference<>() {};
    private static final TypeReference<List<PastTest.Question>> QUESTIONS = new TypeReference<>() {};

    private final ReactiveSql sql;
    private final LagTolerantSql laterPages;
    private final ObjectMapper json;

    PastTestQueries(ReactiveSql sql, LagTolerantSql laterPages, ObjectMapper json) {
        this.sql = sql;
        this.laterPages = laterPages;
        this.json = json;
    }

    private static final Sql PAGE = Sql.of("PastTestQueries.page", """
            with page as (
                -- Counts are columns of the test; joined and counted here, a learner's 2,000 tests were 4 million rows.
                select id, title, question_count, answered_count, correct_count, created_at, finished_at
                from tests
                where user_id = $1
                  and tenant_id = $2
                  and (created_at, id) < ($3::timestamptz, $4::bigint)
                order by created_at desc, id desc
                limit $5::int
            )
            select page.*, covered.topics::text as topics
            from page
            cross join lateral (
                select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name), '[]') as topics
                from test_topics tt
                join topics t on t.id = tt.topic_id
                where tt.test_id = page.id
            ) as covered
            order by page.created_at desc, page.id desc
            """);

    /**
     * Up to {@code limit} tests that come after a position in the learner's list, newest first. The first page shows what
     * has just been answered; the later ones lie in the past, and may come from a replica.
     */
    Uni<List<PastTest>> page(Learner learner, Optional<PageToken> after, int limit) {
        Instant createdBefore = after.map(token -> token.instant(0)).orElse(END_OF_TIME);
        long idBefore = after.map(token -> token.number(1)).orElse(Long.MAX_VALUE);
        Object[] binds = {learner.userId(), learner.tenantId(), createdBefore, idBefore, limit};
        return after.isEmpty() ? sql.list(PAGE, this::test, binds) : laterPages.list(PAGE, this::test, binds);
    }

    private PastTest test(Row row) {
        return new PastTest(
                row.get("id", Long.class),
                row.get("title", String.class),
                row.get("question_count", Integer.class),
                row.get("answered_count", Integer.class),
                row.get("correct_count", Integer.class),
                row.get("created_at", Instant.class),
                row.find("finished_at", Instant.class),
                parse(row.get("topics", String.class), TOPICS));
    }

    private static final Sql DETAIL = Sql.of("PastTestQueries.detail", """
            select test.id, test.title, test.question_count, test.answered_count, test.correct_count, test.created_at,
                   test.finished_at, asked.questions::text as questions
            from tests test
            cross join lateral (
                select coalesce(
                           jsonb_agg(jsonb_build_object(
                               'position', a.position, 'questionId', q.id, 'topicId', q.topic_id,
                               'difficulty', q.difficulty, 'stem', q.stem, 'options', q.options,
                               'chosenOption', a.chosen_option, 'correct', a.correct, 'answeredAt', a.answered_at,
                               'correctOption', case when a.chosen_option is not null then q.correct_option end,
                               'explanation', case when a.chosen_option is not null then q.explanation end)
                               order by a.position),
                           '[]') as questions
                from test_questions a
                join questions q on q.id = a.question_id
                where a.test_id = test.id
            ) as asked
            where test.id = $1
              and test.user_id = $2
              and test.tenant_id = $3
            """);

    /** One of the learner's tests with its questions. */
    Uni<Optional<PastTest.Detail>> detail(Learner learner, long id) {
        return sql.one(DETAIL, this::detail, id, learner.userId(), learner.tenantId());
    }

    private PastTest.Detail detail(Row row) {
        return new PastTest.Detail(
                row.get("id", Long.class),
                row.get("title", String.class),
                row.get("question_count", Integer.class),
                row.get("answered_count", Integer.class),
                row.get("correct_count", Integer.class),
                row.get("created_at", Instant.class),
                row.find("finished_at", Instant.class),
                parse(row.get("questions", String.class), QUESTIONS));
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database's JSON cannot be read", e);
        }
    }
}
