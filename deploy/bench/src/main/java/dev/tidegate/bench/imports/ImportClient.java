package dev.tidegate.bench.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** Sends a file to web-api and waits for its end. */
final class ImportClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(50);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Stack stack;
    private final long user;
    private final URI base;

    ImportClient(Stack stack, long user) {
        this.stack = stack;
        this.user = user;
        this.base = stack.service(Service.WEB_API).baseUri();
    }

    /**
     * From the first byte sent to the first answer that says it is done.
     *
     * @throws IllegalStateException if it does not succeed
     */
    Duration run(Path file, int topic, int expected) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> accepted = http.send(
                request("/v1/content/imports?kind=questions&format=csv&topic=" + topic)
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofFile(file))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (accepted.statusCode() != 202) {
            throw new IllegalStateException("the import was refused: " + accepted.body());
        }
        String location = "/v1/content/imports/"
                + JSON.readTree(accepted.body()).path("id").asLong();
        while (true) {
            JsonNode state = JSON.readTree(http.send(request(location).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
            if (state.path("status").asText().equals("succeeded")) {
                if (state.path("rowsWritten").asInt() != expected) {
                    throw new IllegalStateException("not all was imported: " + state);
                }
                return Duration.ofNanos(System.nanoTime() - start);
            }
            if (state.path("status").asText().equals("failed")) {
                throw new IllegalStateException("the import failed: " + state);
            }
            Thread.sleep(POLL);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + stack.token(user, "editor"));
    }
}
