package dev.tidegate.stack;

import dev.tidegate.stack.data.Scale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Which sample data the database of a data folder holds.
 *
 * @param scale how much
 * @param seed of its random numbers
 * @param complete false from before the first row until after the last: an interrupted load starts again
 */
record SampleDataRecord(Scale scale, long seed, boolean complete) {

    static Optional<SampleDataRecord> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = Files.newBufferedReader(file)) {
            var properties = new Properties();
            properties.load(in);
            return Optional.of(new SampleDataRecord(
                    Scale.valueOf(properties.getProperty("scale", "").toUpperCase(Locale.ROOT)),
                    Long.parseLong(properties.getProperty("seed", "")),
                    Boolean.parseBoolean(properties.getProperty("complete"))));
        } catch (IllegalArgumentException e) {
            throw new StackException(file + " is damaged; start with --fresh", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    void write(Path file) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.write(
                    draft,
                    List.of("scale=" + scale.name().toLowerCase(Locale.ROOT), "seed=" + seed, "complete=" + complete));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
