package dev.tidegate.bench.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The rows of one topic, written again by COPY. */
final class CopiedRows {

    private final DataSource database;

    CopiedRows(DataSource database) {
        this.database = database;
    }

    long anyUser() throws SQLException {
        return number("select min(id) from users");
    }

    int newTopic() throws SQLException {
        return (int) number("""
                insert into topics (subject_id, name, position)
                select s.id, 'Import ' || gen_random_uuid(), 1 + coalesce((select max(position) from topics where subject_id = s.id), 0)
                from subjects s order by s.id limit 1
                returning id
                """);
    }

    /** Takes the topic's questions and their tags out, removes them, and times writing both in one transaction. */
    Duration copyAgain(int topic, int expected) throws SQLException, IOException {
        Path questions = Files.createTempFile("questions", ".copy");
        Path tags = Files.createTempFile("tags", ".copy");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long taken = out(
                    copy,
                    "copy (select * from questions where topic_id = " + topic + " order by id) to stdout",
                    questions);
            if (taken != expected) {
                throw new IllegalStateException(taken + " questions were imported instead of " + expected);
            }
            out(
                    copy,
                    "copy (select t.* from question_tags t join questions q on q.id = t.question_id where q.topic_id = "
                            + topic + " order by t.question_id) to stdout",
                    tags);
            empty(topic);
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            in(copy, "copy questions from stdin", questions);
            in(copy, "copy question_tags from stdin", tags);
            connection.commit();
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            connection.setAutoCommit(true);
            return time;
        } finally {
            Files.deleteIfExists(questions);
            Files.deleteIfExists(tags);
        }
    }

    /** Removes the topic's questions. */
    void empty(int topic) throws SQLException {
        run("delete from questions where topic_id = ?", topic);
    }

    /** Removes the topic with its questions. */
    void remove(int topic) throws SQLException {
        empty(topic);
        run("delete from topics where id = ?", topic);
    }

    private void run(String statement, int topic) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setInt(1, topic);
            prepared.executeUpdate();
        }
    }

    private static long out(CopyManager copy, String query, Path file) throws SQLException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return copy.copyOut(query, out);
        }
    }

    private static void in(CopyManager copy, String command, Path file) throws SQLException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            copy.copyIn(command, in);
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
