package dev.tidegate.api.imports;

import dev.tidegate.api.learner.Learner;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to import.
 *
 * @param id of the import
 * @param editor who sent it
 * @param deck the editor's own deck that cards go to; null for content that all learners share
 */
record Upload(
        long id,
        Path file,
        Learner editor,
        Kind kind,
        Format format,
        Defaults defaults,
        @Nullable Long deck) {}
