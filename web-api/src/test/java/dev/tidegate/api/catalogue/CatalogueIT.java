package dev.tidegate.api.catalogue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.api.testing.Messages;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.StudyRows;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class CatalogueIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();
    private final StudyRows study = new StudyRows();

    @Inject
    VirtualClock clock;

    @Inject
    Catalogue catalogue;

    @Inject
    MeterRegistry meters;

    private String token;
    private int subject;

    @BeforeEach
    void nothingKept() {
        clock.set(NOON);
        long tenant = rows.tenant(UUID.randomUUID().toString());
        token = Tokens.of(rows.user(tenant, "UTC", 0), tenant).sign();
        subject = (int) study.subject();
        catalogue.drop(subject);
    }

    @Test
    void subjectsComeWithTheirCounts() {
        study.subjectStats(subject, 7, 90);

        get("/v1/subjects")
                .then()
                .statusCode(200)
                .header("Cache-Control", "private, max-age=60")
                .body(item("lessons"), equalTo(7))
                .body(item("questions"), equalTo(90))
                .body(item("topics"), equalTo(1))
                .body(item("flashcards"), equalTo(3))
                .body(item("exercises"), equalTo(4));
    }

    @Test
    void subjectThatIsNotCountedYetHasZeros() {
        get("/v1/subjects").then().body(item("lessons"), equalTo(0));
        get(topics()).then().statusCode(200).body("items", empty()).body("subjectId", equalTo(subject));
    }

    @Test
    void topicsFollowTheirPosition() {
        long second = study.topic(subject, 2);
        long first = study.topic(subject, 1);
        study.topicStats(first, subject, 5);

        get(topics())
                .then()
                .body("items.id", contains((int) first, (int) second))
                .body("items.lessons", contains(5, 0));
    }

    @Test
    void tagsComeByNameWithTheirCounts() {
        String name = UUID.randomUUID().toString();
        study.tag("b " + name, 2);
        study.tag("a " + name, 4);

        get("/v1/tags")
                .then()
                .body(
                        "items.findAll { it.name.endsWith('%s') }.name".formatted(name),
                        contains("a " + name, "b " + name))
                .body("items.findAll { it.name.endsWith('%s') }.questions".formatted(name), contains(4, 2));
    }

    @Test
    void answerThatIsKeptCostsNoStatement() {
        List<String> paths = List.of("/v1/subjects", topics(), "/v1/tags");
        paths.forEach(this::get);
        long before = statements();

        for (String path : paths) {
            Response kept = get(path);
            assertThat(kept.statusCode()).isEqualTo(200);
            given().auth()
                    .oauth2(token)
                    .header("If-None-Match", kept.header("ETag"))
                    .get(path)
                    .then()
                    .statusCode(304);
        }

        assertThat(statements()).isEqualTo(before);
    }

    @Test
    void simultaneousRequestsReadOnce() throws Exception {
        long before = statements();
        Callable<Response> asking = () -> get(topics());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Stream.generate(() -> asking).limit(30).toList()).stream()
                            .map(answer -> answer.resultNow().statusCode()))
                    .containsOnly(200);
        }

        assertThat(statements()).isEqualTo(before + 1);
    }

    @Test
    void eventDropsWhatItsSubjectIsShownIn() {
        String tag = get(topics()).header("ETag");
        get("/v1/subjects");
        study.topicStats(study.topic(subject, 1), subject, 5);
        study.subjectStats(subject, 5, 20);
        get("/v1/subjects").then().body(item("lessons"), equalTo(0));
        assertThat(get(topics()).header("ETag")).isEqualTo(tag);

        // Again and again, because the process may not be reading yet.
        await().until(() -> {
            Messages.publish(
                    "content-stats-event", "content-stats-events", Integer.toString(subject), """
                    {"subjectId": %d, "refreshedAt": "2026-03-10T12:00:00Z"}""".formatted(subject));
            return get("/v1/subjects").<Integer>path(item("lessons")) == 5;
        });

        assertThat(get(topics()).header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void messageThatCannotBeReadStopsNothing() {
        for (String message : List.of("", "null", "[]", "{\"subjectId\": \"x\"}")) {
            Messages.publish("content-stats-events", "x", message);
        }

        eventDropsWhatItsSubjectIsShownIn();
    }

    @Test
    void answerEndsByItsAgeIfNoEventComes() {
        get("/v1/subjects").then().body(item("lessons"), equalTo(0));
        study.subjectStats(subject, 5, 20);
        clock.advance(Duration.ofSeconds(59));
        get("/v1/subjects").then().body(item("lessons"), equalTo(0));

        clock.advance(Duration.ofSeconds(1));

        get("/v1/subjects").then().body(item("lessons"), equalTo(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "0", "-1", "2147483648", "x"})
    void subjectThatDoesNotExistIsNotFound(String id) {
        get("/v1/subjects/" + id + "/topics").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void absenceOfASubjectIsNotKept() {
        long before = statements();

        get("/v1/subjects/2147483647/topics");
        get("/v1/subjects/2147483647/topics");

        assertThat(statements()).isEqualTo(before + 2);
    }

    @Test
    void tokenIsRequiredAlsoForWhatIsKept() {
        get("/v1/tags");

        given().get("/v1/tags").then().statusCode(401);
    }

    private String topics() {
        return "/v1/subjects/" + subject + "/topics";
    }

    private String item(String field) {
        return "items.find { it.id == " + subject + " }." + field;
    }

    private long statements() {
        return meters.find("tidegate.sql.query").timers().stream()
                .filter(timer ->
                        Objects.requireNonNull(timer.getId().getTag("query")).startsWith("CatalogueQueries."))
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private Response get(String path) {
        return given().auth().oauth2(token).get(path);
    }
}
