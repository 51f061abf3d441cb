package dev.tidegate.api.question;

/** Examples for the API's description. */
final class RelatedExamples {

    static final String FOUND = """
            {"items": [
              {"id": 5512, "topicId": 17, "topic": "Kinematics", "difficulty": 2, "stem": "Which quantity is a vector?",
               "options": ["speed", "velocity", "distance"], "tags": [4, 17], "score": 0.06}]}""";

    private RelatedExamples() {}
}
