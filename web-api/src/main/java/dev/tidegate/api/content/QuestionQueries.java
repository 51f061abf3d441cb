package dev.tidegate.api.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes questions together with their tags. */
@Singleton
class QuestionQueries implements Kind<QuestionContent, Question> {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<Integer>> NUMBERS = new TypeReference<>() {};

    private final ObjectMapper json;

    QuestionQueries(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String path() {
        return "/v1/content/questions";
    }

    @Override
    public String named() {
        return "The question";
    }

    @Override
    public String insteadOfDelete() {
        return "Set its validationStatus to rejected instead.";
    }

    @Override
    public ContentChange change(long id, QuestionContent content) {
        return ContentChange.ofTopic(content.topicId());
    }

    private static final Sql CREATE = Sql.of("QuestionQueries.create", """
            with question as (
                insert into questions (
                    topic_id, difficulty, validation_status, stem, options, correct_option, explanation,
                    created_at, updated_at)
                values ($1, $2, $3, $4, $5::text[], $6, $7, $8, $8)
                returning id, created_at, updated_at
            ), labels as (
                insert into question_tags (tag_id, question_id)
                select tag.id, question.id
                from question
                cross join unnest($9::int[]) tag (id)
            )
            select id, created_at, updated_at from question
            """);

    @Override
    public Uni<Question> create(ReactiveSql sql, QuestionContent content, Instant now) {
        return sql.one(
                        CREATE,
                        row -> written(row, content),
                        content.topicId(),
                        content.difficulty(),
                        content.validationStatus().column(),
                        content.stem(),
                        content.options().toArray(String[]::new),
                        content.correctOption(),
                        content.explanation(),
                        now,
                        tags(content))
                .map(Optional::orElseThrow);
    }

    private static int[] tags(QuestionContent content) {
        return content.tags().stream().mapToInt(Integer::intValue).toArray();
    }

    private static Question written(Row row, QuestionContent content) {
        return new Question(
                row.get("id", Long.class),
                content,
                row.get("created_at", Instant.class),
                row.get("updated_at", Instant.class));
    }

    private static final Sql FIND = Sql.of("QuestionQueries.find", """
            select id,
                   topic_id,
                   difficulty,
                   validation_status,
                   stem,
                   to_jsonb(options)::text as options,
                   correct_option,
                   explanation,
                   created_at,
                   updated_at,
                   labels.tags
            from questions
            cross join lateral (
                select coalesce(jsonb_agg(tag_id order by tag_id), '[]')::text as tags
                from question_tags
                where question_id = questions.id
            ) labels
            where id = $1
            """);

    @Override
    public Uni<Optional<Question>> find(ReactiveSql sql, long id) {
        return sql.one(FIND, this::question, id);
    }

    private Question question(Row row) {
        return written(
                row,
                new QuestionContent(
                        row.get("topic_id", Integer.class),
                        row.get("difficulty", Short.class),
                        QuestionContent.Validation.of(row.get("validation_status", String.class)),
                        row.get("stem", String.class),
                        parse(row.get("options", String.class), TEXTS),
                        row.get("correct_option", Short.class),
                        row.get("explanation", String.class),
                        parse(row.get("tags", String.class), NUMBERS)));
    }

    private <T> T parse(String list, TypeReference<T> type) {
        try {
            return json.readValue(list, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the statement builds the lists", e);
        }
    }

    private static final Sql LOCK = Sql.of("QuestionQueries.lock", """
            select id
            from questions
            where id = $1::bigint
            for update
            """);

    @Override
    public Uni<Boolean> lock(ReactiveSql sql, long id) {
        return sql.one(LOCK, row -> true, id).map(Optional::isPresent);
    }

    private static final Sql REPLACE = Sql.of("QuestionQueries.replace", """
            with question as (
                update questions
                set topic_id = $2,
                    difficulty = $3,
                    validation_status = $4,
                    stem = $5,
                    options = $6::text[],
                    correct_option = $7,
                    explanation = $8,
                    updated_at = $9
                where id = $1::bigint
                  -- A topic's progress counts the questions seen there.
                  and (topic_id = $2 or not exists (
                        select from question_history where question_history.question_id = questions.id))
                returning id, created_at, updated_at
            ), removed as (
                delete from question_tags
                using question
                where question_tags.question_id = question.id
                  and question_tags.tag_id <> all ($10::int[])
            ), added as (
                insert into question_tags (tag_id, question_id)
                select tag.id, question.id
                from question
                cross join unnest($10::int[]) tag (id)
                on conflict do nothing
            )
            select id, created_at, updated_at from question
            """);

    @Override
    public Uni<Optional<Question>> replace(ReactiveSql sql, long id, QuestionContent content, Instant now) {
        return sql.one(
                REPLACE,
                row -> written(row, content),
                id,
                content.topicId(),
                content.difficulty(),
                content.validationStatus().column(),
                content.stem(),
                content.options().toArray(String[]::new),
                content.correctOption(),
                content.explanation(),
                now,
                tags(content));
    }

    private static final Sql DELETE = Sql.of("QuestionQueries.delete", """
            delete from questions
            where id = $1::bigint
              and not exists (select from test_questions where test_questions.question_id = questions.id)
              -- It is counted in the learners' progress.
              and not exists (select from question_history where question_history.question_id = questions.id)
            returning id
            """);

    @Override
    public Uni<Boolean> delete(ReactiveSql sql, long id) {
        return sql.one(DELETE, row -> true, id).map(Optional::isPresent);
    }
}
