package dev.tidegate.api.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Content, and what learners have done with it, written as their owner. */
public final class StudyRows {

    public long subject() {
        return insert("insert into subjects (name) values (?) returning id", "S " + UUID.randomUUID());
    }

    public long topic(long subject, int position) {
        return insert(
                "insert into topics (subject_id, name, position) values (?, ?, ?) returning id",
                subject,
                "T " + UUID.randomUUID(),
                position);
    }

    public long lesson(long topic, int position) {
        return insert(
                "insert into lessons (topic_id, position, title, body, minutes) values (?, ?, ?, '# Text', 12) returning id",
                topic,
                position,
                "Lesson " + position);
    }

    public long tag(String name, int questions) {
        long tag = insert("insert into tags (name) values (?) returning id", name);
        return insert(
                "insert into tag_content_stats (tag_id, question_count, refreshed_at) values (?, ?, now()) returning tag_id",
                tag,
                questions);
    }

    public void subjectStats(long subject, int lessons, int questions) {
        insert("""
                insert into subject_content_stats (subject_id, topic_count, lesson_count, question_count,
                                                   system_card_count, exercise_count, asset_count, refreshed_at)
                values (?, 1, ?, ?, 3, 4, 5, now())
                on conflict (subject_id) do update
                set lesson_count = excluded.lesson_count, question_count = excluded.question_count
                returning subject_id""", subject, lessons, questions);
    }

    public void topicStats(long topic, long subject, int lessons) {
        insert("""
                insert into topic_content_stats (topic_id, subject_id, lesson_count, question_count,
                                                 system_card_count, exercise_count, asset_count, refreshed_at)
                values (?, ?, ?, 20, 3, 4, 5, now())
                on conflict (topic_id) do update set lesson_count = excluded.lesson_count
                returning topic_id""", topic, subject, lessons);
    }

    public void enrolment(long user, long subject) {
        insert("insert into enrolments (user_id, subject_id) values (?, ?) returning user_id", user, subject);
    }

    public void progress(long user, long topic, int answered, int correct, int seen, int lessons) {
        insert("""
                insert into topic_progress (user_id, topic_id, questions_answered, questions_correct, questions_seen,
                                            lessons_completed)
                values (?, ?, ?, ?, ?, ?) returning user_id""", user, topic, answered, correct, seen, lessons);
    }

    public void studyDay(long user, LocalDate date) {
        insert(
                "insert into study_days (user_id, study_date, activities) values (?, ?, 1) returning user_id",
                user,
                date);
    }

    public long test(long user, long tenant, Instant createdAt, int correct) {
        return insert("""
                insert into tests (user_id, tenant_id, title, question_count, topic_count, answered_count, correct_count,
                                   created_at)
                values (?, ?, 'Test', 10, 1, 10, ?, ?) returning id""", user, tenant, correct, createdAt);
    }

    /** So many cards, due one second apart, the last at an instant. */
    public void reviews(long user, long topic, int cards, Instant lastDue) {
        insert("""
                with card as (
                    insert into flashcards (card_type, topic_id, front, back)
                    select 'system', ?, 'front', 'back' from generate_series(1, ?)
                    returning id
                ),
                review as (
                    insert into reviews (user_id, flashcard_id, due_at, stability, difficulty)
                    select ?, id, ?::timestamptz - (row_number() over () - 1) * interval '1 second', 1, 5 from card
                )
                select count(*) from card""", topic, cards, user, lastDue);
    }

    public void examDate(long user, LocalDate date) {
        insert("update users set exam_date = ? where id = ? returning id", date, user);
    }

    /** The first column of all rows, as text. */
    public List<String> texts(String query, Object... binds) {
        try (Connection connection = Rows.owner().getConnection();
                PreparedStatement statement = prepared(connection, query, binds);
                ResultSet result = statement.executeQuery()) {
            var texts = new ArrayList<String>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException("not read", e);
        }
    }

    private static long insert(String text, Object... binds) {
        try (Connection connection = Rows.owner().getConnection();
                PreparedStatement statement = prepared(connection, text, binds);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("row not written", e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String text, Object... binds) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        for (int i = 0; i < binds.length; i++) {
            statement.setObject(
                    i + 1, binds[i] instanceof Instant at ? OffsetDateTime.ofInstant(at, ZoneOffset.UTC) : binds[i]);
        }
        return statement;
    }
}
