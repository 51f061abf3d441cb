package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.StatementCosts;
import dev.tidegate.stack.StatementCosts.Cost;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each call of the incident must have become, at the incident's size: one statement and a bounded number of shared
 * buffers over HTTP, as the server counts them. Loading the data takes minutes, so only on request:
 * {@code -Dtidegate.incident=true}, and {@code -Dtidegate.incident.data=DIR} to keep it.
 *
 * <p>A buffer that is in memory takes microseconds, one that is not about 100 µs on a solid-state disk, so 200 buffers
 * stay below 50 ms even cold. Times are in the benchmarks.
 */
@EnabledIfSystemProperty(named = "tidegate.incident", matches = "true")
class MustBecomeIT {

    private static final long TYPICAL = 1;
    private static final long HEAVIEST = 2;
    private static final long NEW = 3;

    private static Stack stack;
    private static StatementCosts costs;
    private static Places places;

    @BeforeAll
    static void start() {
        Path module = Path.of("").toAbsolutePath();
        Path data = Path.of(System.getProperty(
                "tidegate.incident.data", module.resolve("target/incident").toString()));
        stack = Stack.open(
                new StackSettings(
                        module.resolve("../..").normalize(),
                        data,
                        false,
                        Ports.anyFree(),
                        Scale.INCIDENT,
                        InstantSource.system()),
                System.out::println);
        stack.start();
        costs = new StatementCosts(stack.postgres().superuser());
        places = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry())
                .one(PLACES, Places::of, HEAVIEST)
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    private static final Sql PLACES = Sql.of("MustBecomeIT.places", """
            select (select topic_id from lessons order by topic_id limit 1)::bigint as topic,
                   (select id from lessons order by id limit 1) as lesson,
                   (select id from decks where user_id = $1 order by card_count desc, id limit 1) as deck,
                   (select string_agg(tag_id::text, ',' order by question_count desc, tag_id)
                    from (select * from tag_content_stats where question_count > 0
                          order by question_count desc, tag_id limit 400) as many) as tags
            """);

    private record Places(long topic, long lesson, long deck, List<String> tags) {

        static Places of(Row row) {
            return new Places(
                    row.get("topic", Long.class),
                    row.get("lesson", Long.class),
                    row.get("deck", Long.class),
                    List.of(row.get("tags", String.class).split(",")));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {NEW, TYPICAL, HEAVIEST})
    void todaysPlanIsOneReadOfARow(long user) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(user, "/v1/daily-plan/today").statusCode() == 200);

        assertThat(buffers(() -> get(user, "/v1/daily-plan/today"))).isLessThanOrEqualTo(20);
    }

    @Test
    void firstMiddleAndLastPageOfTwoThousandPastTestsCostTheSame() {
        List<String> pages = pages("/v1/past-tests");
        assertThat(pages).hasSizeGreaterThanOrEqualTo(100);

        for (String page : List.of(pages.getFirst(), pages.get(pages.size() / 2), pages.getLast())) {
            assertThat(buffers(() -> get(HEAVIEST, page))).as(page).isLessThanOrEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 400})
    void quizIsDrawnAtTheCostOfItsQuestions(int tags) {
        List<Integer> chosen =
                places.tags().stream().limit(tags).map(Integer::valueOf).toList();

        long buffers = buffers(() -> as(HEAVIEST)
                .contentType("application/json")
                .body(Map.of("tags", chosen, "count", 20))
                .post("/v1/quizzes"));

        assertThat(buffers).isLessThanOrEqualTo(3_000);
    }

    @Test
    void lessonsCostTheirPage() {
        assertThat(buffers(() -> get(HEAVIEST, "/v1/lessons?topic=" + places.topic())))
                .isLessThanOrEqualTo(100);
        assertThat(buffers(() -> get(HEAVIEST, "/v1/lessons/" + places.lesson())))
                .isLessThanOrEqualTo(30);
    }

    @Test
    void subjectsOfADeckAreReadFromAnIndexAlone() {
        assertThat(buffers(() -> get(HEAVIEST, "/v1/decks/" + places.deck() + "/subjects")))
                .isLessThanOrEqualTo(20);
    }

    @Test
    void catalogueUsesNoConnection() {
        get(HEAVIEST, "/v1/subjects");
        costs.reset();
        get(HEAVIEST, "/v1/subjects");

        assertThat(costs.byName()).isEmpty();
    }

    /** Every other list and detail, so that nothing hides behind the calls that were slow then. */
    @ParameterizedTest
    @MethodSource
    void everyOtherReadIsOneStatementOfBoundedCost(long user, String path) {
        assertThat(buffers(() -> get(user, path.replace("{deck}", Long.toString(places.deck())))))
                .isLessThanOrEqualTo(300);
    }

    static Stream<Arguments> everyOtherReadIsOneStatementOfBoundedCost() {
        return Stream.of(
                        "/v1/dashboard/summary",
                        "/v1/decks",
                        "/v1/flashcards",
                        "/v1/flashcards?card_type=system",
                        "/v1/flashcards?card_type=user",
                        "/v1/flashcards/due",
                        "/v1/lessons?topic=1",
                        "/v1/past-tests")
                .flatMap(path -> Stream.of(NEW, TYPICAL, HEAVIEST).map(user -> Arguments.of(user, path)));
    }

    @Test
    void pagesOfTheLargestDeckCostTheSame() {
        List<String> pages = pages("/v1/flashcards?deck=" + places.deck());

        for (String page : List.of(pages.getFirst(), pages.get(pages.size() / 2), pages.getLast())) {
            assertThat(buffers(() -> get(HEAVIEST, page))).as(page).isLessThanOrEqualTo(300);
        }
    }

    /** Buffers of a call, the second time; it must succeed with exactly one statement that spills nothing. */
    private static long buffers(Supplier<Response> call) {
        assertThat(call.get().statusCode()).isIn(200, 201);
        costs.reset();
        Response answer = call.get();
        List<Cost> statements = costs.byName();
        assertThat(answer.statusCode()).as("%s", answer.asString()).isIn(200, 201);
        assertThat(statements).as("statements of one call").singleElement().satisfies(statement -> {
            assertThat(statement.calls()).isEqualTo(1);
            assertThat(statement.spilled()).isZero();
        });
        long buffers = statements.getFirst().buffers();
        System.out.printf("%s: %d buffers%n", statements.getFirst().name(), buffers);
        return buffers;
    }

    /** The paths of all pages, found by following the cursors. */
    private static List<String> pages(String path) {
        var pages = new ArrayList<>(Collections.singletonList(path));
        String next = get(HEAVIEST, path).path("next");
        while (next != null) {
            pages.add(path + (path.contains("?") ? "&" : "?") + "cursor=" + next);
            next = get(HEAVIEST, pages.getLast()).path("next");
        }
        return pages;
    }

    private static Response get(long user, String path) {
        return as(user).get(path);
    }

    private static RequestSpecification as(long user) {
        return given().baseUri(stack.service(Service.WEB_API).baseUri().toString())
                .auth()
                .oauth2(stack.token(user, "learner"));
    }
}
