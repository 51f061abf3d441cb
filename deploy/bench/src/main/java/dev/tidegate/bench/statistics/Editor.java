package dev.tidegate.bench.statistics;

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

/** Writes content as an editor does, and reads the catalogue as everybody does. */
final class Editor {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String token;

    Editor(Stack stack) {
        this.base = stack.service(Service.WEB_API).baseUri();
        this.token = stack.token(1, "learner", "editor");
    }

    /** Adds a lesson and returns its id. */
    long addLesson(int topicId, int position) throws IOException, InterruptedException {
        return send("POST", "/v1/content/lessons", """
                {"topicId": %d, "position": %d, "title": "A lesson", "body": "Text", "minutes": 5}
                """.formatted(topicId, position))
                .get("id")
                .longValue();
    }

    void removeLesson(long id) throws IOException, InterruptedException {
        send("DELETE", "/v1/content/lessons/" + id, "");
    }

    /** The number of lessons that the catalogue shows for a topic. */
    int lessonsShown(int subjectId, int topicId) throws IOException, InterruptedException {
        for (JsonNode topic :
                send("GET", "/v1/subjects/" + subjectId + "/topics", "").get("items")) {
            if (topic.get("id").intValue() == topicId) {
                return topic.get("lessons").intValue();
            }
        }
        throw new IllegalStateException("the catalogue does not show topic " + topicId);
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    "%s %s answers %d: %s".formatted(method, path, response.statusCode(), response.body()));
        }
        return JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
    }
}
