package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.tidegate.stack.Stack;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Asks for daily plans as a learner's app would. */
final class TodayClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;
    private final URI webApi;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Long, String> tokens = new ConcurrentHashMap<>();

    TodayClient(Stack stack, URI webApi) {
        this.stack = stack;
        this.webApi = webApi;
    }

    Response get(long userId) {
        return get(userId, Map.of());
    }

    Response get(long userId, Map<String, String> headers) {
        return given().baseUri(webApi.toString())
                .auth()
                .oauth2(token(userId))
                .headers(headers)
                .get("/v1/daily-plan/today");
    }

    /** The status, without a thread that waits for it, so that hundreds of requests can be under way. */
    CompletableFuture<Integer> status(long userId) {
        var request = HttpRequest.newBuilder(webApi.resolve("/v1/daily-plan/today"))
                .header("Authorization", "Bearer " + token(userId))
                .timeout(PATIENCE)
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    /** Made once per user, so that a test can make them before it counts anything. */
    String token(long userId) {
        return tokens.computeIfAbsent(userId, id -> stack.token(id, "learner"));
    }

    /** Polls until the plan is there and returns the response with it. */
    Response awaitPlan(long userId) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> get(userId), response -> response.statusCode() == 200);
    }
}
