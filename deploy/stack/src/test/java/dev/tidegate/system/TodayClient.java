package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.tidegate.stack.Stack;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks for daily plans as a learner's app would. */
final class TodayClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;
    private final URI webApi;
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

    /** Made once per user, so that a test can make them before it counts anything. */
    String token(long userId) {
        return tokens.computeIfAbsent(userId, id -> stack.token(id, "learner"));
    }

    /** Polls until the plan is there and returns the response with it. */
    Response awaitPlan(long userId) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> get(userId), response -> response.statusCode() == 200);
    }
}
