package dev.tidegate.bench.reads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A client of the stack's web-api. */
final class WebApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Long, String> tokens = new ConcurrentHashMap<>();
    private final Stack stack;
    private final URI base;

    WebApi(Stack stack) {
        this.stack = stack;
        this.base = stack.service(Service.WEB_API).baseUri();
    }

    /** One request. */
    record Request(long user, String path, @Nullable String body) {

        static Request get(long user, String path) {
            return new Request(user, path, null);
        }
    }

    /**
     * The body of a successful answer.
     *
     * @throws IllegalStateException for any status but 200 and 201
     */
    JsonNode send(Request request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(built(request), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() > 201) {
            throw new IllegalStateException(
                    request.path() + " answers " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private HttpRequest built(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(request.path()))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "Authorization",
                        "Bearer " + tokens.computeIfAbsent(request.user(), user -> stack.token(user, "learner")));
        return request.body() == null
                ? builder.build()
                : builder.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request.body()))
                        .build();
    }
}
