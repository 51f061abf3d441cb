package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.api.testing.Messages;
import dev.tidegate.api.testing.RequestLog;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real client on a real stream, told by a real message. */
@QuarkusTest
@WithTestResource(Servers.class)
class PlanEventsIT {

    private static final String PATH = "/v1/daily-plan/today/events";
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    private final Rows rows = new Rows();
    private final List<HttpClient> clients = new ArrayList<>();

    @Inject
    VirtualClock clock;

    @Inject
    Listeners listeners;

    @Inject
    MeterRegistry meters;

    private long tenant;
    private long user;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
    }

    @AfterEach
    void placesAreFreeAgain() {
        clients.forEach(HttpClient::shutdownNow);
        await().until(() -> listeners.open() == 0);
    }

    @Test
    void planThatIsThereIsToldAtOnceAndEndsTheStream() {
        rows.plan(user, tenant, TODAY, NOON, "[]");

        Response stream = asking();

        stream.then().statusCode(200).contentType("text/event-stream").header("Cache-Control", "no-store");
        assertThat(stream.asString().lines())
                .contains(
                        "event:plan-ready",
                        "id:2026-03-10/ready",
                        "data:{\"status\":\"ready\",\"planDate\":\"2026-03-10\"}");
    }

    @Test
    void clientThatComesBackAfterTheLastEventHasNothingToWaitFor() {
        rows.plan(user, tenant, TODAY, NOON, "[]");

        assertThat(askingAfter("2026-03-10/ready").statusCode()).isEqualTo(204);
        assertThat(askingAfter("2026-03-09/ready").asString()).contains("plan-ready");
    }

    @Test
    void outcomeThatCameWhileTheClientWasAwayIsToldAtOnceAndOnlyOnce() {
        Queue<String> lines = open(token());
        await().until(() -> lines.contains(":waiting"));
        clients.getFirst().shutdownNow();
        await().until(() -> listeners.open() == 0);
        rows.plan(user, tenant, TODAY, NOON, "[]");
        publish(user, TODAY, "generated");

        assertThat(askingAfter("2026-03-09/ready").asString().lines())
                .filteredOn(line -> line.startsWith("id:"))
                .containsExactly("id:2026-03-10/ready");
        assertThat(askingAfter("2026-03-10/ready").statusCode()).isEqualTo(204);
        assertThat(listeners.open()).isZero();
    }

    @Test
    void idThatIsNoneOfOursIsIgnoredAndOneTooLongIsRefused() {
        rows.plan(user, tenant, TODAY, NOON, "[]");

        assertThat(askingAfter("2026-03-10/failed").asString()).contains("event:plan-ready");
        assertThat(askingAfter("' or 1=1 --").asString()).contains("event:plan-ready");
        assertThat(askingAfter("x".repeat(100)).asString()).contains("event:plan-ready");
        askingAfter("x".repeat(101)).then().statusCode(400).body("violations[0].field", equalTo("Last-Event-ID"));
    }

    @Test
    void planThatFailedAShortWhileAgoIsToldAtOnce() {
        rows.failure(user, TODAY, "timeout", NOON);

        assertThat(asking().asString()).contains("event:plan-failed", "id:2026-03-10/failed");
    }

    @Test
    void missingPlanIsAskedForAndItsEventIsPassedOn() {
        Queue<String> lines = open(token());
        await().until(() -> lines.contains(":waiting"));
        assertThat(RequestLog.of(user)).hasSize(1);

        await().until(() -> {
            publish(user, TODAY, "generated");
            return lines.contains("event:plan-ready");
        });

        await().until(() -> lines.contains("data:{\"status\":\"ready\",\"planDate\":\"2026-03-10\"}"));
        await().until(() -> listeners.open() == 0);
    }

    @Test
    void failureIsPassedOn() {
        Queue<String> lines = open(token());

        await().until(() -> {
            publish(user, TODAY, "failed");
            return lines.contains("event:plan-failed");
        });
    }

    @Test
    void waitingHoldsNoConnection() {
        Queue<String> lines = open(token());
        await().until(() -> lines.contains(":waiting"));

        await().until(() -> meters.get("sql.pool.active").gauge().value() == 0);
        assertThat(listeners.open()).isEqualTo(1);
    }

    @Test
    void eventsOfOthersAndOfOtherDaysAreNotPassedOn() {
        long neighbour = rows.user(tenant, "UTC", 0);
        Queue<String> lines = open(token());
        Queue<String> neighbours = open(Tokens.of(neighbour, tenant).sign());

        await().until(() -> {
            publish(user, TODAY.plusDays(1), "generated");
            Messages.publish("plan-events", Long.toString(user), "not json");
            publish(neighbour, TODAY, "generated");
            return neighbours.contains("event:plan-ready");
        });

        assertThat(lines).noneMatch(line -> line.startsWith("event:"));
    }

    @Test
    void userHoldsAFewStreamsAndNoMore() {
        List<Queue<String>> streams =
                Stream.generate(() -> open(token())).limit(5).toList();
        streams.forEach(lines -> await().until(() -> lines.contains(":waiting")));

        asking().then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("type", equalTo("https://tidegate.dev/problems/too-many-streams"))
                .body("detail", containsString("5 of these streams"));

        clients.getFirst().shutdownNow();
        await().until(() -> listeners.open() == 4);
        Queue<String> next = open(token());
        await().until(() -> next.contains(":waiting"));
    }

    @Test
    void strangersAreRefusedBeforeAnythingStreams() {
        long otherTenant = rows.tenant(UUID.randomUUID().toString());

        given().get(PATH).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.of(user, otherTenant).sign())
                .get(PATH)
                .then()
                .statusCode(404);
        assertThat(RequestLog.of(user)).isEmpty();
    }

    private Response asking() {
        return given().auth().oauth2(token()).get(PATH);
    }

    private Response askingAfter(String lastEvent) {
        return given().auth().oauth2(token()).header("Last-Event-ID", lastEvent).get(PATH);
    }

    private String token() {
        return Tokens.of(user, tenant).sign();
    }

    private static void publish(long user, LocalDate day, String outcome) {
        Messages.publish("plan-event", "plan-events", Long.toString(user), """
                {"userId": %d, "planDate": "%s", "outcome": "%s"}""".formatted(user, day, outcome));
    }

    /** The lines of a stream as they arrive, on a connection of its own. */
    private Queue<String> open(String token) {
        var lines = new ConcurrentLinkedQueue<String>();
        HttpClient client = HttpClient.newHttpClient();
        clients.add(client);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + PATH))
                .header("Authorization", "Bearer " + token)
                .build();
        Thread.ofVirtual().start(() -> {
            try {
                client.send(request, HttpResponse.BodyHandlers.ofLines()).body().forEach(lines::add);
            } catch (IOException | RuntimeException | InterruptedException closed) {
                // The test has closed it.
            }
        });
        return lines;
    }
}
