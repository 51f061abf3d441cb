package dev.tidegate.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.api.testing.Messages;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A midnight's worth of learners who wait at once. */
@QuarkusTest
@WithTestResource(Servers.class)
class ManyStreamsIT {

    private static final int STREAMS = 2_000;
    private static final int OPENING_AT_ONCE = 50;
    private static final int TOLD = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Long, Queue<String>> streams = new ConcurrentHashMap<>();
    private final Semaphore opening = new Semaphore(OPENING_AT_ONCE);

    @Inject
    VirtualClock clock;

    @Inject
    Listeners listeners;

    @Inject
    MeterRegistry meters;

    @AfterEach
    void placesAreFreeAgain() {
        client.shutdownNow();
        await().atMost(PATIENCE).until(() -> listeners.open() == 0);
    }

    @Test
    void thousandsOfStreamsHoldNoConnectionWhileEachLearnerIsToldOfTheirOwnPlan() throws Exception {
        clock.set(Instant.parse("2026-03-10T12:00:00Z"));
        long tenant = new Rows().tenant(UUID.randomUUID().toString());
        List<Long> learners = StreamRows.learners(tenant, STREAMS);
        for (long learner : learners) {
            assertThat(opening.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("streams open while others are opened")
                    .isTrue();
            open(learner, Tokens.of(learner, tenant).sign());
        }
        await().atMost(PATIENCE).until(() -> opening.availablePermits() == OPENING_AT_ONCE);
        assertThat(listeners.open()).isEqualTo(STREAMS);

        List<Long> told = learners.stream().limit(TOLD).toList();
        var working = new ArrayList<Integer>();
        try (Connection connection = Rows.as("postgres").getConnection();
                PreparedStatement backends = StreamRows.workingBackends(connection)) {
            await().until(() -> connectionsInUse() == 0);
            for (long learner : told) {
                publishGenerated(learner);
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                    working.add(StreamRows.count(backends));
                    return events(learner) > 0;
                });
            }
        }

        assertThat(working)
                .as("backends at work while streams wait and are told")
                .containsOnly(0);
        assertThat(connectionsInUse()).isZero();
        assertThat(learners)
                .allSatisfy(learner -> assertThat(events(learner))
                        .as("events of %d", learner)
                        .isEqualTo(told.contains(learner) ? 1 : 0));
        await().until(() -> listeners.open() == STREAMS - TOLD);
    }

    private void open(long learner, String token) {
        Queue<String> lines = streams.computeIfAbsent(learner, id -> new ConcurrentLinkedQueue<>());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/v1/daily-plan/today/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        client.sendAsync(request, BodyHandlers.ofLines())
                .thenAcceptAsync(
                        response -> {
                            assertThat(response.statusCode()).isEqualTo(200);
                            response.body().forEach(line -> {
                                if (lines.isEmpty()) {
                                    opening.release();
                                }
                                lines.add(line);
                            });
                        },
                        command -> Thread.ofVirtual().start(command));
    }

    private long events(long learner) {
        return streams.getOrDefault(learner, new ConcurrentLinkedQueue<>()).stream()
                .filter(line -> line.startsWith("event:plan-ready"))
                .count();
    }

    private double connectionsInUse() {
        return meters.get("sql.pool.active").gauge().value();
    }

    private static void publishGenerated(long learner) {
        Messages.publish("plan-event", "plan-events", Long.toString(learner), """
                {"userId": %d, "planDate": "2026-03-10", "outcome": "generated"}""".formatted(learner));
    }
}
