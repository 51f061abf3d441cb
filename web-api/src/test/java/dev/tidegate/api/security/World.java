package dev.tidegate.api.security;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * An owner with one of everything, a neighbour in the same tenant, a stranger in another one, and content that they
 * share. All texts of the owner hold {@link #SECRET}.
 */
final class World {

    static final String SECRET = "for-the-owners-eyes";
    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    private final Rows rows = new Rows();
    private final String unique = UUID.randomUUID().toString();

    final long tenant = rows.tenant("ours " + unique);
    final long owner = rows.user(tenant, "UTC", 0);
    final long neighbour = rows.user(tenant, "UTC", 0);
    final long otherTenant = rows.tenant("theirs " + unique);
    final long stranger = rows.user(otherTenant, "UTC", 0);

    /** Names and positions are unique, so no two bodies have the same. */
    private int bodies = 1;

    private final long subject = rows.insert("insert into subjects (name) values (?) returning id", "S " + unique);
    private final long topic = rows.insert(
            "insert into topics (subject_id, name, position) values (?, 'T', 1) returning id", (int) subject);
    private final long lesson = rows.insert(
            "insert into lessons (topic_id, position, title, body, minutes) values (?, 1, 'L', 'text', 5) returning id",
            (int) topic);
    private final long exercise = rows.insert("""
            insert into exercises (topic_id, position, title, instructions, minutes)
            values (?, 1, 'E', 'text', 5) returning id""", (int) topic);
    private final long tag = rows.insert("insert into tags (name) values (?) returning id", "G " + unique);
    private final long question = question();
    private final long systemCard = rows.insert("""
            insert into flashcards (card_type, topic_id, front, back) values ('system', ?, 'front', 'back')
            returning id""", (int) topic);

    private final long deck = rows.insert(
            "insert into decks (user_id, tenant_id, title, card_count) values (?, ?, ?, 1) returning id",
            owner,
            tenant,
            SECRET);
    private final long card = rows.insert("""
            with counted as (
                insert into deck_subjects (deck_id, subject_id, card_count) values (?, ?, 1)
            )
            insert into flashcards (card_type, topic_id, user_id, tenant_id, deck_id, front, back)
            values ('user', ?, ?, ?, ?, ?, 'back') returning id""", deck, (int) subject, (int) topic, owner, tenant, deck, SECRET);
    private final long test = test();
    private final long imported = rows.insert("""
            insert into content_imports (user_id, tenant_id, kind, format, file_bytes, status, holder, lease_until,
                                         created_at, finished_at)
            values (?, ?, 'cards', 'csv', 1, 'succeeded', 'nobody', now(), now(), now()) returning id""", owner, tenant);

    World() {
        rows.failure(owner, TODAY.minusDays(1), "timeout", NOW);
        rows.insert(
                "insert into enrolments (user_id, subject_id) values (?, ?) returning user_id", owner, (int) subject);
        rows.plan(owner, tenant, TODAY, NOW, """
                [{"kind": "quiz", "title": "%s", "reason": "because", "minutes": 5, "count": 3}]""".formatted(SECRET));
    }

    private long question() {
        long id = rows.insert("""
                insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)
                values (?, 3, 'validated', 'stem', '{a,b,c,d}', 1) returning id""", (int) topic);
        rows.insert("insert into question_tags (tag_id, question_id) values (?, ?) returning tag_id", (int) tag, id);
        return id;
    }

    private long test() {
        long id = rows.insert("""
                insert into tests (user_id, tenant_id, title, question_count, topic_count, created_at)
                values (?, ?, ?, 1, 1, ?) returning id""", owner, tenant, SECRET, NOW);
        rows.insert("insert into test_topics (test_id, topic_id) values (?, ?) returning test_id", id, (int) topic);
        rows.insert(
                "insert into test_questions (test_id, position, question_id) values (?, 1, ?) returning test_id",
                id,
                question);
        return id;
    }

    String ownersToken(String... groups) {
        return Tokens.of(owner, tenant).groups(groups).sign();
    }

    /** What stands in place of a parameter of the path if the request means what the owner may see. */
    String segment(Api.Operation operation, String parameter) {
        String before = operation.path().substring(0, operation.path().indexOf("{" + parameter + "}"));
        String collection = before.replaceAll("\\{[^}]*}", "*").replaceAll("^/v1/|/$", "");
        Object id = Map.ofEntries(
                        entry("daily-plan", TODAY),
                        entry("daily-plan/*/items", 1),
                        entry("past-tests", test),
                        entry("quizzes", test),
                        entry("lessons", lesson),
                        entry("decks", deck),
                        entry("flashcards", card),
                        entry("subjects", subject),
                        entry("content/subjects", subject),
                        entry("content/topics", topic),
                        entry("content/lessons", lesson),
                        entry("content/exercises", exercise),
                        entry("content/tags", tag),
                        entry("content/questions", question),
                        entry("content/flashcards", systemCard),
                        entry("content/imports", imported),
                        entry("ops/plan-failures", owner),
                        entry("ops/plan-failures/*", TODAY.minusDays(1)))
                .get(collection);
        if (id == null) {
            throw new IllegalStateException(operation + ": nothing is known to stand for " + parameter);
        }
        return id.toString();
    }

    /** A body that means this world's rows where the example means some other row. */
    JsonNode adapt(Api.Operation operation, JsonNode example) {
        JsonNode adapted = example.deepCopy();
        if (adapted instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getKey().equals("position")) {
                    field.setValue(IntNode.valueOf(++bodies));
                }
                if (field.getKey().equals("name")) {
                    field.setValue(TextNode.valueOf(field.getValue().asText() + " " + unique + " " + ++bodies));
                }
                switch (field.getKey().toLowerCase(Locale.ROOT)) {
                    case "topicid" -> field.setValue(IntNode.valueOf((int) topic));
                    case "subjectid" -> field.setValue(IntNode.valueOf((int) subject));
                    case "deckid" -> field.setValue(LongNode.valueOf(deck));
                    case "topicids", "topics" -> field.setValue(only(object, topic));
                    case "tagids", "tags" -> field.setValue(only(object, tag));
                    case "answers" -> ((ObjectNode) field.getValue().get(0)).put("position", 1);
                    default -> {}
                }
            }
        }
        return adapted;
    }

    private static ArrayNode only(ObjectNode parent, long id) {
        return parent.arrayNode().add(id);
    }
}
