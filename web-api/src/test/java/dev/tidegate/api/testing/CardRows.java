package dev.tidegate.api.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Rows that decks, cards and reviews stand on, and questions about what was written. Asked as the superuser: a backend
 * outlives its connection for a moment, and the schema's owner may have only two.
 */
public final class CardRows {

    public int subject() {
        return (int) number("insert into subjects (name) values (?) returning id", "Subject " + UUID.randomUUID());
    }

    public int topic(int subjectId) {
        return (int) number("""
                insert into topics (subject_id, name, position)
                select ?, ?, coalesce(max(position), 0) + 1 from topics where subject_id = ?
                returning id""", subjectId, "Topic " + UUID.randomUUID(), subjectId);
    }

    public long systemCard(int topicId, String status) {
        return number("""
                insert into flashcards (card_type, topic_id, status, front, back)
                values ('system', ?, ?, 'What is work?', 'Force times distance.') returning id""", topicId, status);
    }

    public void setStatus(long cardId, String status) {
        number("update flashcards set status = ? where id = ? returning id", status, cardId);
    }

    public void cardCount(long deckId, int count) {
        number("update decks set card_count = ? where id = ? returning id", count, deckId);
    }

    public void decks(long userId, long tenantId, int count) {
        all("""
                insert into decks (user_id, tenant_id, title)
                select ?, ?, 'Deck ' || n from generate_series(1, ?) n returning id""", userId, tenantId, count);
    }

    public void review(long userId, long cardId, Instant dueAt) {
        number("""
                insert into reviews (user_id, flashcard_id, deck_id, due_at, stability, difficulty, repetitions,
                                     last_reviewed_at)
                select ?, id, deck_id, ?, 5, 5, 1, timestamptz '2026-03-01 12:00Z' from flashcards where id = ?
                returning flashcard_id""", userId, dueAt, cardId);
    }

    /** A number out of the database. */
    public long number(String text, Object... binds) {
        return Long.parseLong(all(text, binds).getFirst());
    }

    /** The first column of all rows, as text. */
    public List<String> all(String text, Object... binds) {
        try (Connection connection = Rows.as("postgres").getConnection();
                PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(
                        i + 1,
                        binds[i] instanceof Instant at ? OffsetDateTime.ofInstant(at, ZoneOffset.UTC) : binds[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                var values = new ArrayList<String>();
                while (result.next()) {
                    values.add(result.getString(1));
                }
                return values;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("rows not written or read", e);
        }
    }
}
