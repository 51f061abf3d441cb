package dev.tidegate.api.imports;

/** Examples for the API's description. */
final class ImportExamples {

    static final String CSV = """
            topic,difficulty,validationStatus,stem,option1,option2,option3,correctOption,explanation,tags
            Physics / Kinematics,2,in_review,"A stone falls for 2 s. How fast is it then?",10 m/s,20 m/s,40 m/s,2,v = g · t,free fall;units
            """;

    static final String JSONL = """
            {"topic": "Physics / Kinematics", "difficulty": 2, "stem": "How fast after 2 s?", "options": ["10 m/s", "20 m/s"], "correctOption": 2, "tags": ["free fall"]}
            """;

    static final String GIFT = """
            $CATEGORY: $course$/top/Physics/Kinematics

            ::Free fall:: A stone falls for 2 s. How fast is it then? {~10 m/s =20 m/s ~40 m/s ####v \\= g t}
            """;

    static final String MOODLE = """
            <quiz><question type="truefalse"><questiontext format="html"><text>All bodies fall alike.</text></questiontext>\
            <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>
            """;

    static final String BYTES = "the bytes of the file";

    static final String QUEUED = """
            {"id": 31, "kind": "questions", "format": "csv", "fileBytes": 48210933, "status": "queued",
             "entriesRead": 0, "rowsWritten": 0, "flaws": [], "createdAt": "2026-03-10T12:00:00Z"}""";

    static final String FAILED = """
            {"id": 31, "kind": "questions", "format": "csv", "fileBytes": 48210933, "status": "failed",
             "failure": "flaws", "entriesRead": 100000, "rowsWritten": 0,
             "flaws": [{"line": 7041, "entry": 7020, "field": "difficulty", "message": "takes a whole number from 1 to 5"}],
             "createdAt": "2026-03-10T12:00:00Z", "startedAt": "2026-03-10T12:00:01Z", "finishedAt": "2026-03-10T12:00:09Z"}""";

    static final String PAGE = """
            {"items": [{"id": 31, "kind": "questions", "format": "csv", "fileBytes": 48210933, "status": "running",
             "entriesRead": 100000, "rowsWritten": 42000, "flaws": [], "createdAt": "2026-03-10T12:00:00Z",
             "startedAt": "2026-03-10T12:00:01Z"}]}""";

    private ImportExamples() {}
}
