package dev.tidegate.bench.reads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.bench.reads.WebApi.Request;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The calls that a learner's app makes all day, each for several users or several pages. */
final class HotCalls {

    /** People of the sample data who are the same at every scale. */
    private static final long TYPICAL = 1;

    private static final long HEAVIEST = 2;
    private static final long NEW = 3;

    private static final Map<String, Long> USERS = new LinkedHashMap<>();

    static {
        USERS.put("new user", NEW);
        USERS.put("typical user", TYPICAL);
        USERS.put("heaviest user", HEAVIEST);
    }

    private final WebApi api;
    private final JdbcSql database;

    HotCalls(WebApi api, JdbcSql database) {
        this.api = api;
        this.database = database;
    }

    /**
     * A call in one of its variants.
     *
     * @param call as the table names it
     * @param variant which user, or which page
     */
    record HotCall(String call, String variant, Request request) {}

    private static final Sql PLACES = Sql.of("HotCalls.places", """
            select (select topic_id from lessons order by topic_id limit 1)::bigint as topic,
                   (select id from lessons order by id limit 1) as lesson,
                   (select id from subjects order by id limit 1)::bigint as subject,
                   (select id from decks where user_id = $1 order by card_count desc, id limit 1) as deck,
                   (select t.name from tags t join tag_content_stats s on s.tag_id = t.id
                    order by s.question_count desc limit 1) as tag,
                   (select string_agg(tag_id::text, ',' order by question_count desc, tag_id)
                    from (select * from tag_content_stats where question_count > 0
                          order by question_count desc, tag_id limit 400) as many) as tags
            """);

    private record Places(long topic, long lesson, long subject, long deck, List<String> tags) {

        static Places of(Row row) {
            return new Places(
                    row.get("topic", Long.class),
                    row.get("lesson", Long.class),
                    row.get("subject", Long.class),
                    row.get("deck", Long.class),
                    List.of(row.get("tags", String.class).split(",")));
        }
    }

    List<HotCall> all() throws IOException, InterruptedException {
        Places places = database.one(PLACES, Places::of, HEAVIEST).orElseThrow();
        var calls = new ArrayList<HotCall>();
        calls.addAll(byUser("GET daily-plan/today", "/v1/daily-plan/today"));
        calls.addAll(byUser("GET dashboard/summary", "/v1/dashboard/summary"));
        calls.addAll(pages("GET past-tests", "/v1/past-tests"));
        calls.addAll(byUser("GET decks", "/v1/decks"));
        calls.add(heaviest("GET decks/{id}/subjects", "largest deck", "/v1/decks/" + places.deck() + "/subjects"));
        calls.addAll(pages("GET flashcards?deck", "/v1/flashcards?deck=" + places.deck()));
        calls.addAll(
                pages("GET flashcards?card_type=system", "/v1/flashcards?card_type=system&topic=" + places.topic()));
        calls.addAll(byUser("GET flashcards/due", "/v1/flashcards/due"));
        calls.addAll(byUser("GET lessons?topic", "/v1/lessons?topic=" + places.topic()));
        calls.add(heaviest("GET lessons/{id}", "heaviest user", "/v1/lessons/" + places.lesson()));
        calls.add(heaviest(
                "GET questions/related",
                "largest tag",
                "/v1/questions/related?tags=" + places.tags().getFirst()));
        calls.addAll(quizzes(places.tags()));
        calls.add(heaviest("GET subjects (from memory)", "heaviest user", "/v1/subjects"));
        calls.add(heaviest(
                "GET subjects/{id}/topics (from memory)",
                "heaviest user",
                "/v1/subjects/" + places.subject() + "/topics"));
        return calls;
    }

    private static List<HotCall> byUser(String call, String path) {
        return USERS.entrySet().stream()
                .map(user -> new HotCall(call, user.getKey(), Request.get(user.getValue(), path)))
                .toList();
    }

    private static HotCall heaviest(String call, String variant, String path) {
        return new HotCall(call, variant, Request.get(HEAVIEST, path));
    }

    private static List<HotCall> quizzes(List<String> tags) {
        return LongStream.of(1, 10, 400)
                .mapToObj(wanted -> {
                    String chosen = tags.stream().limit(wanted).collect(Collectors.joining(","));
                    return new HotCall(
                            "POST quizzes, 20 questions",
                            Math.min(wanted, tags.size()) + " tags",
                            new Request(HEAVIEST, "/v1/quizzes", "{\"tags\": [%s], \"count\": 20}".formatted(chosen)));
                })
                .toList();
    }

    /** The first, the middle and the last page of the heaviest user's list, found by following the cursors. */
    private List<HotCall> pages(String call, String path) throws IOException, InterruptedException {
        var pages = new ArrayList<String>(List.of(path));
        JsonNode page = api.send(Request.get(HEAVIEST, path));
        while (page.hasNonNull("next")) {
            String next = URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8);
            pages.add(path + (path.contains("?") ? "&" : "?") + "cursor=" + next);
            page = api.send(Request.get(HEAVIEST, pages.getLast()));
        }
        return LongStream.of(0, pages.size() / 2, pages.size() - 1)
                .distinct()
                .mapToObj(at ->
                        heaviest(call, "page " + (at + 1) + " of " + pages.size(), pages.get(Math.toIntExact(at))))
                .toList();
    }
}
