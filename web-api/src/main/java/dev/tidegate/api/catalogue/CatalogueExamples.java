package dev.tidegate.api.catalogue;

/** Examples for the API's description. */
final class CatalogueExamples {

    static final String SUBJECTS = """
            {"items": [
              {"id": 10, "name": "Physics", "topics": 16, "lessons": 96, "questions": 9492, "flashcards": 6436,
               "exercises": 768}]}""";

    static final String TOPICS = """
            {"subjectId": 10, "items": [
              {"id": 145, "name": "Kinematics", "position": 1, "lessons": 6, "questions": 593, "flashcards": 402,
               "exercises": 48}]}""";

    static final String TAGS = """
            {"items": [{"id": 12, "name": "definitions", "questions": 412}]}""";

    private CatalogueExamples() {}
}
