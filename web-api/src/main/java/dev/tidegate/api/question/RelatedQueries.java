package dev.tidegate.api.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.replica.LagTolerantSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Finds questions. An assistant misses nothing if one that was written seconds ago is not among them.
 *
 * <p>Each statement first collects candidates, at most 200 by words and 100 by tags, and then ranks these: a word that is
 * in every second question costs no more than a rare one. Of what more questions have in common, the rest is not ranked;
 * whoever wants better ones gives more words.
 */
@Singleton
class RelatedQueries {

    private static final TypeReference<List<String>> OPTIONS = new TypeReference<>() {};
    private static final TypeReference<List<Integer>> TAGS = new TypeReference<>() {};

    private final LagTolerantSql sql;
    private final ObjectMapper json;

    RelatedQueries(LagTolerantSql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    private static final Sql BY_WORDS = Sql.of("RelatedQueries.byWords", """
            with search as materialized (
                select plainto_tsquery('english', $1::text) && $2::tsquery as query
            ),
            candidate as materialized (
                select q.id,
                       ts_rank(to_tsvector('english', q.stem) || array_to_tsvector(array['topic:' || q.topic_id::text]),
                               search.query) as score
                from search
                cross join lateral (
                    select id, stem, topic_id
                    from questions
                    where to_tsvector('english', stem) || array_to_tsvector(array['topic:' || topic_id::text])
                          @@ search.query
                      and validation_status = 'validated'
                    limit 200
                ) as q
            ),
            best as (
                select id, score from candidate order by score desc, id limit $3::int
            )
            select q.id, q.topic_id, t.name as topic, q.difficulty::int as difficulty, q.stem,
                   to_jsonb(q.options)::text as options,
                   (select coalesce(jsonb_agg(tag_id order by tag_id), '[]') from question_tags where question_id = q.id)::text
                       as tags,
                   best.score::float8 as score
            from best
            join questions q on q.id = best.id
            join topics t on t.id = q.topic_id
            order by best.score desc, q.id
            """);

    /**
     * Questions with words in their stem.
     *
     * @param words all must occur, in any form; no operators, because "not" alone would match nearly every question
     * @param topicQuery one more condition, empty for none; see {@link RelatedResource}
     */
    Uni<List<RelatedQuestion>> byWords(String words, String topicQuery, int limit) {
        return sql.list(BY_WORDS, this::question, words, topicQuery, limit);
    }

    private static final Sql BY_TAGS = Sql.of("RelatedQueries.byTags", """
            with candidate as materialized (
                select distinct s.question_id
                from unnest($1::int[]) as chosen (tag_id)
                cross join generate_series(1, 5) as level (difficulty)
                cross join lateral (
                    select question_id
                    from quiz_slots
                    where kind = 'tag'
                      and owner_id = chosen.tag_id
                      and difficulty = level.difficulty
                      and slot <= greatest(1, 20 / cardinality($1::int[]))
                    limit 20
                ) as s
            ),
            best as (
                select c.question_id, shared.tags
                from candidate c
                cross join lateral (
                    select count(distinct owner_id) as tags
                    from quiz_slots
                    where question_id = c.question_id
                      and kind = 'tag'
                      and owner_id = any ($1::int[])
                ) as shared
                join questions q on q.id = c.question_id and q.validation_status = 'validated'
                order by shared.tags desc, c.question_id
                limit $2::int
            )
            select q.id, q.topic_id, t.name as topic, q.difficulty::int as difficulty, q.stem,
                   to_jsonb(q.options)::text as options,
                   (select coalesce(jsonb_agg(tag_id order by tag_id), '[]') from question_tags where question_id = q.id)::text
                       as tags,
                   best.tags::float8 / cardinality($1::int[]) as score
            from best
            join questions q on q.id = best.question_id
            join topics t on t.id = q.topic_id
            order by best.tags desc, q.id
            """);

    /** Questions that share tags, those with most of them first. */
    Uni<List<RelatedQuestion>> byTags(int[] tags, int limit) {
        return sql.list(BY_TAGS, this::question, tags, limit);
    }

    private static final Sql BY_WORDS_AND_TAGS = Sql.of("RelatedQueries.byWordsAndTags", """
            with search as materialized (
                select plainto_tsquery('english', $1::text) && $2::tsquery as query
            ),
            candidate as materialized (
                -- From both sides, so that whatever is rare is found whole: rare words in a popular tag as well as
                -- frequent words in a small tag.
                select found.id
                from search
                cross join lateral (
                    select id
                    from questions
                    where to_tsvector('english', stem) || array_to_tsvector(array['topic:' || topic_id::text])
                          @@ search.query
                      and validation_status = 'validated'
                    limit 100
                ) as found
                union
                select s.question_id
                from unnest($3::int[]) as chosen (tag_id)
                cross join generate_series(1, 5) as level (difficulty)
                cross join lateral (
                    select question_id
                    from quiz_slots
                    where kind = 'tag'
                      and owner_id = chosen.tag_id
                      and difficulty = level.difficulty
                      and slot <= greatest(1, 20 / cardinality($3::int[]))
                    limit 20
                ) as s
            ),
            ranked as materialized (
                select q.id, ts_rank(q.document, search.query) as score
                from candidate c
                cross join search
                cross join lateral (
                    select id, to_tsvector('english', stem) || array_to_tsvector(array['topic:' || topic_id::text])
                                   as document
                    from questions
                    where id = c.id
                      and validation_status = 'validated'
                      and exists (select from question_tags where question_id = c.id and tag_id = any ($3::int[]))
                    limit 1
                ) as q
                where q.document @@ search.query
            ),
            best as (
                select id, score from ranked order by score desc, id limit $4::int
            )
            select q.id, q.topic_id, t.name as topic, q.difficulty::int as difficulty, q.stem,
                   to_jsonb(q.options)::text as options,
                   (select coalesce(jsonb_agg(tag_id order by tag_id), '[]') from question_tags where question_id = q.id)::text
                       as tags,
                   best.score::float8 as score
            from best
            join questions q on q.id = best.id
            join topics t on t.id = q.topic_id
            order by best.score desc, q.id
            """);

    /** Questions with words in their stem that carry at least one of the tags. */
    Uni<List<RelatedQuestion>> byWordsAndTags(String words, String topicQuery, int[] tags, int limit) {
        return sql.list(BY_WORDS_AND_TAGS, this::question, words, topicQuery, tags, limit);
    }

    private RelatedQuestion question(Row row) {
        return new RelatedQuestion(
                row.get("id", Long.class),
                row.get("topic_id", Integer.class),
                row.get("topic", String.class),
                row.get("difficulty", Integer.class),
                row.get("stem", String.class),
                parse(row.get("options", String.class), OPTIONS),
                parse(row.get("tags", String.class), TAGS),
                row.get("score", Double.class));
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database's JSON cannot be read", e);
        }
    }
}
