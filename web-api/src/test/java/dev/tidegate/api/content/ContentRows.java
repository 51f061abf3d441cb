package dev.tidegate.api.content;

import dev.tidegate.api.testing.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Rows of the content bank and of learners who used it, written and asked for as superuser: a backend outlives its connection for a moment,
 * and migrator may have two. */
final class ContentRows {

    private final long tenant = new Rows().tenant("school " + UUID.randomUUID());
    private final long user = new Rows().user(tenant, "Europe/Berlin", 0);

    long tenant() {
        return tenant;
    }

    long user() {
        return user;
    }

    long subject() {
        return number("insert into subjects (name) values (?) returning id", name());
    }

    long topic(long subject, int position) {
        return number(
                "insert into topics (subject_id, name, position) values (?, ?, ?) returning id",
                subject,
                name(),
                position);
    }

    long topic() {
        return topic(subject(), 1);
    }

    long tag() {
        return number("insert into tags (name) values (?) returning id", name());
    }

    static String name() {
        return UUID.randomUUID().toString();
    }

    long test(long question) {
        return number("""
                with test as (
                    insert into tests (user_id, tenant_id, title, question_count, topic_count, created_at)
                    values (?, ?, 'a test', 1, 1, now()) returning id
                )
                insert into test_questions (test_id, position, question_id) select id, 1, ? from test returning test_id
                """, user, tenant, question);
    }

    long deckCard(long topic) {
        return number("""
                with deck as (
                    insert into decks (user_id, tenant_id, title, card_count) values (?, ?, 'a deck', 1) returning id
                )
                insert into flashcards (card_type, topic_id, user_id, tenant_id, deck_id, front, back)
                select 'user', ?, ?, ?, id, 'mine', 'mine' from deck returning id
                """, user, tenant, topic, user, tenant);
    }

    /** A query's number, or that of the first row written. */
    static long number(String text, Object... binds) {
        return Long.parseLong(text(text, binds));
    }

    static String text(String text, Object... binds) {
        try (Connection connection = Rows.as("postgres").getConnection();
                PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(i + 1, binds[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getString(1) : "no row";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
