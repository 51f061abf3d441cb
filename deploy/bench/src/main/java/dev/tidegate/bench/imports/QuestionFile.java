package dev.tidegate.bench.imports;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of questions as an editor would export them. */
final class QuestionFile {

    private static final int TAGS = 200;

    private QuestionFile() {}

    static void write(Path file, int questions) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(
                    "difficulty,validationStatus,stem,option1,option2,option3,option4,correctOption,explanation,tags\n");
            for (int i = 0; i < questions; i++) {
                out.write("""
                        %d,validated,"Question %d: a body falls from a height of %d m, and nothing holds it back. How fast is it?",\
                        %d m/s,%d m/s,%d m/s,"none of these, %d",%d,"The speed grows evenly, so the height counts by its root.",bench-%d;bench-%d
                        """.formatted(
                                1 + i % 5, i, i % 500, i % 91, i % 83, i % 71, i, 1 + i % 4, i % TAGS, (i + 7) % TAGS));
            }
        }
    }
}
