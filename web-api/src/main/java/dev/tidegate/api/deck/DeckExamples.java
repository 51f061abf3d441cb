package dev.tidegate.api.deck;

/** Examples for the API's description. */
final class DeckExamples {

    static final String BODY = """
            {"title": "Exam preparation"}""";

    static final String DECK = """
            {"id": 7, "title": "Exam preparation", "cardCount": 120, "createdAt": "2026-02-11T16:04:00Z"}""";

    static final String PAGE = """
            {"items": [
              {"deck": {"id": 7, "title": "Exam preparation", "cardCount": 120, "createdAt": "2026-02-11T16:04:00Z"},
               "dueCount": 24}],
             "next": "AV1yrT3uG0oNNw"}""";

    static final String SUBJECTS = """
            {"items": [{"subjectId": 1, "name": "Physics", "cardCount": 80},
                       {"subjectId": 3, "name": "Chemistry", "cardCount": 40}]}""";

    private DeckExamples() {}
}
