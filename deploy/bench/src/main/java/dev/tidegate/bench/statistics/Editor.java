package dev.tidegate.bench.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.stack.Stack;
import java.io.IOException;

/** Writes content as an editor does, and reads the catalogue as everybody does. */
final class Editor {

    private final Api api;
    private final String token;

    Editor(Stack stack) {
        this.api = new Api(stack);
        this.token = stack.token(1, "learner", "editor");
    }

    /** Adds a subject and returns its id. */
    int addSubject(String name) throws IOException, InterruptedException {
        return post("/v1/content/subjects", """
                {"name": "%s", "examWeight": 1}
                """.formatted(name));
    }

    /** Adds a topic and returns its id. */
    int addTopic(int subjectId, String name) throws IOException, InterruptedException {
        return post("/v1/content/topics", """
                {"subjectId": %d, "name": "%s", "position": 1, "examWeight": 1}
                """.formatted(subjectId, name));
    }

    /** Adds a question that learners meet. */
    void addQuestion(int topicId) throws IOException, InterruptedException {
        post("/v1/content/questions", """
                {"topicId": %d, "difficulty": 2, "validationStatus": "validated", "stem": "Why?",
                 "options": ["a", "b"], "correctOption": 1, "explanation": "", "tags": []}
                """.formatted(topicId));
    }

    private int post(String path, String body) throws IOException, InterruptedException {
        return api.send(token, "POST", path, body).body().get("id").intValue();
    }

    /** The number of questions that the catalogue shows for a topic. */
    int questionsShown(int subjectId, int topicId) throws IOException, InterruptedException {
        for (JsonNode topic :
                api.get(token, "/v1/subjects/" + subjectId + "/topics").body().get("items")) {
            if (topic.get("id").intValue() == topicId) {
                return topic.get("questions").intValue();
            }
        }
        throw new IllegalStateException("the catalogue does not show topic " + topicId);
    }
}
