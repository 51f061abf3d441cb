package dev.tidegate.api.flashcard;

/** Examples for the API's description. */
final class FlashcardExamples {

    static final String BODY = """
            {"deckId": 7, "topicId": 17, "status": "active", "front": "What is a moment of inertia?",
             "back": "Resistance to angular acceleration: the sum of m r² about the axis."}""";

    static final String CARD = """
            {"id": 4711, "cardType": "user", "topicId": 17, "deckId": 7, "status": "active",
             "front": "What is a moment of inertia?",
             "back": "Resistance to angular acceleration: the sum of m r² about the axis.",
             "createdAt": "2026-02-11T16:05:00Z"}""";

    static final String PAGE = """
            {"items": [
              {"card": {"id": 4711, "cardType": "user", "topicId": 17, "deckId": 7, "status": "active",
                        "front": "What is a moment of inertia?",
                        "back": "Resistance to angular acceleration: the sum of m r² about the axis.",
                        "createdAt": "2026-02-11T16:05:00Z"},
               "review": {"phase": "review", "dueAt": "2026-03-28T07:12:00Z", "stability": 10.96, "difficulty": 2.11,
                          "repetitions": 3, "lapses": 0, "lastReviewedAt": "2026-03-17T07:12:00Z"}}],
             "next": "AV1yrT3uG0oNNw"}""";

    static final String DUE = """
            {"items": [
              {"card": {"id": 4711, "cardType": "user", "topicId": 17, "deckId": 7, "status": "active",
                        "front": "What is a moment of inertia?",
                        "back": "Resistance to angular acceleration: the sum of m r² about the axis.",
                        "createdAt": "2026-02-11T16:05:00Z"},
               "review": {"phase": "review", "dueAt": "2026-03-28T07:12:00Z", "stability": 10.96, "difficulty": 2.11,
                          "repetitions": 3, "lapses": 0, "lastReviewedAt": "2026-03-17T07:12:00Z"}}],
             "dueCount": 1}""";

    private FlashcardExamples() {}
}
