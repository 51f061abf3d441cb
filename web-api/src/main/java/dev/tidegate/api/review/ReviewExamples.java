package dev.tidegate.api.review;

/** Examples for the API's description. */
final class ReviewExamples {

    static final String RATING = """
            {"rating": "good"}""";

    static final String STATE = """
            {"phase": "review", "dueAt": "2026-04-09T07:12:00Z", "stability": 10.96, "difficulty": 2.11,
             "repetitions": 3, "lapses": 0, "lastReviewedAt": "2026-03-29T07:12:00Z"}""";

    private ReviewExamples() {}
}
