package dev.tidegate.system;

import dev.tidegate.sql.testing.TestQueries;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/** Changes subjects, topics, tags and content of its own at random, as somebody with psql would; a seed repeats them. */
final class RandomEdits {

    private static final String TOPICS =
            "(select id from topics where subject_id in (select id from subjects where name like 'Edited %'))";
    private static final String QUESTIONS = "(select id from questions where topic_id in " + TOPICS + ")";
    private static final String TAGS = "(select id from tags where name like 'edited %')";

    /** %1$d and %2$d are small random numbers; the rest are those above. Each touches some rows, or none. */
    private static final List<String> OPERATIONS = List.of(
            "insert into subjects (name) select 'Edited ' || coalesce(max(id), 0) + 1 from subjects",
            "update subjects set name = name || '.' where name like 'Edited %%' and id %% 3 = %1$d %% 3",
            "delete from subjects s where name like 'Edited %%' and not exists"
                    + " (select from topics where subject_id = s.id)",
            "insert into topics (subject_id, name, position)"
                    + " select s.id, 'Topic ' || m.n + %1$d, m.n + %1$d from subjects s cross join lateral"
                    + " (select coalesce(max(position) filter (where position < 20000), 0) as n"
                    + " from topics where subject_id = s.id) m"
                    + " where s.name like 'Edited %%' and s.id %% 2 = %2$d %% 2",
            "update topics t set name = name || '.' where id in %3$s and id %% 3 = %1$d %% 3",
            "update topics set subject_id = (select max(id) from subjects where name like 'Edited %%'),"
                    + " position = 20000 + id %% 10000, name = 'Moved ' || id where id in %3$s and id %% 4 = %1$d %% 4",
            "delete from topics t where id in %3$s and id %% 3 = %1$d %% 3"
                    + " and not exists (select from questions where topic_id = t.id)"
                    + " and not exists (select from lessons where topic_id = t.id)"
                    + " and not exists (select from exercises where topic_id = t.id)"
                    + " and not exists (select from flashcards where topic_id = t.id)",
            "insert into tags (name) select 'edited ' || coalesce(max(id), 0) + 1 from tags",
            "update tags set name = name || '.' where id in %5$s and id %% 3 = %1$d %% 3",
            "delete from tags t where id in %5$s and id %% 3 = %1$d %% 3"
                    + " and not exists (select from question_tags where tag_id = t.id)",
            "insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)"
                    + " select id, 1 + n %% 5, (array['draft', 'validated'])[1 + n %% 2], 'Why?', '{a,b}', 1"
                    + " from topics, generate_series(1, 3 * %1$d) n where id in %3$s and id %% 3 = %2$d %% 3",
            "insert into question_tags (tag_id, question_id) select t.id, q.id from tags t, questions q"
                    + " where t.id in %5$s and q.id in %4$s and (t.id + q.id) %% 4 = %1$d %% 4 on conflict do nothing",
            "delete from question_tags where tag_id in %5$s and (tag_id * 3 + question_id) %% 6 = %1$d %% 6",
            "update questions set validation_status = 'rejected' where id in %4$s and id %% 6 = %1$d %% 6",
            "update questions set validation_status = 'validated' where id in %4$s and id %% 4 = %1$d %% 4",
            "update questions set topic_id = (select max(id) from topics where id in %3$s)"
                    + " where id in %4$s and id %% 5 = %1$d %% 5",
            "delete from questions where id in %4$s and id %% 7 = %1$d %% 7",
            "insert into lessons (topic_id, position, title, body, minutes) select id, (select coalesce(max(position)"
                    + " filter (where position < 20000), 0) + 1 from lessons where topic_id = topics.id), 'x', 'x', 5 from topics"
                    + " where id in %3$s and id %% 2 = %1$d %% 2",
            "update lessons set topic_id = (select max(id) from topics where id in %3$s), position = 20000 + id %% 10000"
                    + " where topic_id in %3$s and id %% 4 = %1$d %% 4",
            "delete from lessons where topic_id in %3$s and id %% 4 = %1$d %% 4",
            "insert into exercises (topic_id, position, title, instructions, minutes) select id, (select"
                    + " coalesce(max(position), 0) + 1 from exercises where topic_id = topics.id), 'x', 'x', 5"
                    + " from topics where id in %3$s and id %% 2 = %1$d %% 2",
            "delete from exercises where topic_id in %3$s and id %% 4 = %1$d %% 4",
            "insert into flashcards (card_type, topic_id, status, front, back) select 'system', id, 'active', 'x', 'x'"
                    + " from topics, generate_series(1, %2$d) where id in %3$s and id %% 2 = %1$d %% 2",
            "update flashcards set status = (array['active', 'archived'])[1 + id %% 2]"
                    + " where topic_id in %3$s and id %% 3 = %1$d %% 3",
            "delete from flashcards where topic_id in %3$s and id %% 5 = %1$d %% 5");

    private final DataSource database;
    private final Random random;

    RandomEdits(DataSource database, long seed) {
        this.database = database;
        this.random = new Random(seed);
    }

    /** Begins anew: three subjects of three topics each, some of everything, five tags. */
    void fill() throws SQLException {
        clear();
        run("""
                insert into subjects (name) select 'Edited ' || n from generate_series(1, 3) n;
                insert into topics (subject_id, name, position)
                    select id, 'Topic ' || n, n from subjects, generate_series(1, 3) n where name like 'Edited %%';
                insert into tags (name) select 'edited ' || n from generate_series(1, 5) n;
                insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)
                    select id, 1 + n %% 5, case when n %% 5 = 0 then 'draft' else 'validated' end, 'Why?', '{a,b}', 1
                    from topics, generate_series(1, 20) n where id in %3$s;
                insert into question_tags (tag_id, question_id)
                    select t.id, q.id from tags t, questions q
                    where t.id in %5$s and q.id in %4$s and (t.id + q.id) %% 3 = 0;
                insert into lessons (topic_id, position, title, body, minutes)
                    select id, n, 'x', 'x', 5 from topics, generate_series(1, 3) n where id in %3$s;
                insert into exercises (topic_id, position, title, instructions, minutes)
                    select id, n, 'x', 'x', 5 from topics, generate_series(1, 2) n where id in %3$s;
                insert into flashcards (card_type, topic_id, status, front, back)
                    select 'system', id, case when n = 1 then 'archived' else 'active' end, 'x', 'x'
                    from topics, generate_series(1, 6) n where id in %3$s;
                """);
    }

    /** Removes all of it. */
    void clear() throws SQLException {
        run("""
                delete from flashcards where topic_id in %3$s;
                delete from exercises where topic_id in %3$s;
                delete from lessons where topic_id in %3$s;
                delete from questions where topic_id in %3$s;
                delete from tags where id in %5$s;
                delete from topics where id in %3$s;
                delete from subjects where name like 'Edited %%';
                """);
    }

    /** Runs one and returns it. */
    String next() throws SQLException {
        return run(OPERATIONS.get(random.nextInt(OPERATIONS.size())));
    }

    private String run(String operation) throws SQLException {
        String statement = operation.formatted(1 + random.nextInt(8), random.nextInt(10), TOPICS, QUESTIONS, TAGS);
        TestQueries.execute(database, statement);
        return statement;
    }
}
