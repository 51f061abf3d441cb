package dev.tidegate.bench.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client of the stack's web-api. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    Api(Stack stack) {
        this.base = stack.service(Service.WEB_API).baseUri();
    }

    /**
     * A successful answer.
     *
     * @param body an empty object if there is none
     */
    record Answer(int status, JsonNode body) {}

    Answer get(String token, String path) throws IOException, InterruptedException {
        return send(token, "GET", path, "");
    }

    /**
     * Sends one request.
     *
     * @throws IllegalStateException for any status from 300 on
     */
    Answer send(String token, String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    "%s %s answers %d: %s".formatted(method, path, response.statusCode(), response.body()));
        }
        return new Answer(response.statusCode(), JSON.readTree(response.body().isEmpty() ? "{}" : response.body()));
    }
}
