package dev.tidegate.api.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Writes batches of rows, as role {@code content_import} and within one transaction. A batch travels as one JSON text:
 * of the forms that PostgreSQL takes rows apart from, it is the only one that holds arrays of different lengths.
 */
final class ImportStore {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final JdbcSql sql;

    ImportStore(JdbcSql sql) {
        this.sql = sql;
    }

    private static final Sql TAGS = Sql.of("ImportStore.tags", """
            insert into tags (name)
            select label.name
            from unnest($1::text[]) label (name)
            -- Most exist; their numbers are not used up and nothing waits for them.
            where not exists (select from tags where tags.name = label.name)
            -- The same order for everybody, so that two who add tags never wait for each other.
            order by label.name
            on conflict (name) do nothing
            """);

    /** Adds the tags that do not exist yet. */
    void tags(List<String> names) {
        sql.update(TAGS, (Object) names.toArray(String[]::new));
    }

    private static final Sql QUESTIONS = Sql.of("ImportStore.questions", """
            with staged as (
                select *, row_number() over (order by entry) as place
                from json_to_recordset($1::json) as staged (
                    entry int, topic_id int, difficulty smallint, validation_status text, stem text, options text[],
                    correct_option smallint, explanation text, tags text[])
            ),
            written as (
                insert into questions (
                    topic_id, difficulty, validation_status, stem, options, correct_option, explanation,
                    created_at, updated_at)
                select topic_id, difficulty, validation_status, stem, options, correct_option, explanation, $2, $2
                from staged
                order by entry
                returning id
            ),
            numbered as (
                -- Ids are given in the order of the rows, so the n-th id is that of the n-th entry.
                select id, row_number() over (order by id) as place
                from written
            ),
            labels as (
                insert into question_tags (tag_id, question_id)
                select tags.id, numbered.id
                from staged
                join numbered using (place)
                cross join lateral unnest(staged.tags) label (name)
                join tags on tags.name = label.name
            )
            select count(*)::int as written
            from written
            """);

    /** Adds questions with their tags, all of which exist. */
    List<Flaw> questions(List<ImportRow> batch, Instant now) {
        sql.one(QUESTIONS, row -> row.get("written", Integer.class), json(batch), now);
        return List.of();
    }

    private static final Sql CARDS = Sql.of("ImportStore.cards", """
            insert into flashcards (card_type, topic_id, status, front, back, created_at)
            select 'system', topic_id, status, front, back, $2
            from json_to_recordset($1::json) as staged (entry int, topic_id int, status text, front text, back text)
            order by entry
            """);

    /** Adds cards that all learners share. */
    List<Flaw> cards(List<ImportRow> batch, Instant now) {
        sql.update(CARDS, json(batch), now);
        return List.of();
    }

    private static final Sql DECK = Sql.of("ImportStore.deck", """
            -- Counting is also taking the deck's lock, before any of its cards.
            update decks
            set card_count = card_count + $4,
                version = version + 1
            where id = $1
              and user_id = $2
              and tenant_id = $3
              and card_count + $4 <= 10000
            """);

    /** Makes room for cards in a user's own deck; false if it is gone or would hold too many. */
    boolean deck(long deck, long userId, long tenantId, int cards) {
        return sql.update(DECK, deck, userId, tenantId, cards) == 1;
    }

    private static final Sql DECK_CARDS = Sql.of("ImportStore.deckCards", """
            with staged as (
                select *
                from json_to_recordset($1::json) as staged (entry int, topic_id int, status text, front text, back text)
            ),
            counted as (
                insert into deck_subjects (deck_id, subject_id, card_count)
                select $3, topics.subject_id, count(*)
                from staged
                join topics on topics.id = staged.topic_id
                group by topics.subject_id
                order by topics.subject_id
                on conflict (deck_id, subject_id) do update
                set card_count = deck_subjects.card_count + excluded.card_count
            )
            insert into flashcards (card_type, topic_id, user_id, tenant_id, deck_id, status, front, back, created_at)
            select 'user', topic_id, $4, $5, $3, status, front, back, $2
            from staged
            order by entry
            """);

    /** Adds cards to a deck that {@link #deck} has made room in. */
    List<Flaw> deckCards(List<ImportRow> batch, Instant now, long deck, long userId, long tenantId) {
        sql.update(DECK_CARDS, json(batch), now, deck, userId, tenantId);
        return List.of();
    }

    private static final Sql LESSONS = Sql.of("ImportStore.lessons", """
            with staged as (
                select *
                from json_to_recordset($1::json) as staged (
                    entry int, topic_id int, position smallint, title text, body text, minutes smallint)
            ),
            written as (
                insert into lessons (topic_id, position, title, body, minutes)
                select topic_id, position, title, body, minutes
                from staged
                order by topic_id, position
                on conflict (topic_id, position) do nothing
                returning topic_id, position
            )
            select staged.entry
            from staged
            left join written using (topic_id, position)
            where written.topic_id is null
            order by staged.entry
            """);

    /** Adds lessons; returns those whose place is taken. */
    List<Flaw> lessons(List<ImportRow> batch) {
        Set<Integer> taken =
                Set.copyOf(sql.list(LESSONS, row -> row.get("entry", Integer.class), (Object) json(batch)));
        return batch.stream()
                .filter(row -> taken.contains(row.entry()))
                .map(row -> Flaw.at(row.line(), row.entry(), "position", "is that of another lesson of the topic"))
                .toList();
    }

    private static final Sql FINISH = Sql.of("ImportStore.finish", """
            update content_imports
            set status = 'succeeded',
                entries_read = $3,
                rows_written = $3,
                finished_at = $4
            where id = $1
              and holder = $2
              and status = 'running'
            """);

    /** Says within the same transaction that the import succeeded; false if it was given up meanwhile. */
    boolean finish(long id, String holder, int rows, Instant now) {
        return sql.update(FINISH, id, holder, rows, now) == 1;
    }

    private static final Sql TOPIC = Sql.of("ImportStore.topic", """
            select id
            from topics
            where id = $1
            """);

    /** True if there is a topic with this id. */
    boolean topic(int id) {
        return sql.one(TOPIC, row -> true, id).isPresent();
    }

    private static final Sql TOPIC_BY_NAME = Sql.of("ImportStore.topicByName", """
            select topics.id
            from subjects
            join topics on topics.subject_id = subjects.id
            where subjects.name = $1
              and topics.name = $2
            """);

    /** Id of a topic by its subject's name and its own; 0 if there is none. */
    int topicByName(String subject, String topic) {
        return sql.one(TOPIC_BY_NAME, ImportStore::id, subject, topic).orElse(0);
    }

    private static int id(Row row) {
        return row.get("id", Integer.class);
    }

    private static String json(List<ImportRow> batch) {
        try {
            return JSON.writeValueAsString(batch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row is made of texts and numbers", e);
        }
    }
}
