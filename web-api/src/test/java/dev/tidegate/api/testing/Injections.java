package dev.tidegate.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Texts that become statements where data becomes SQL. */
public final class Injections {

    /** In each of them, so that it can be looked for in the server's statements. */
    public static final String MARKER = "tg_probe";

    private Injections() {}

    public static List<String> all() {
        try (var corpus = Injections.class.getResourceAsStream("/security/injections.txt")) {
            List<String> all = new String(Objects.requireNonNull(corpus).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            assertThat(all).hasSizeGreaterThan(50).allMatch(attack -> attack.contains(MARKER));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
