package dev.tidegate.api.paging;

import dev.tidegate.api.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list: the sort key of the last row that the client has seen.
 *
 * <p>To the client it is opaque text. It begins with a version, so that the form may change, and holds a digest of
 * its content, of the list it belongs to and of the reader, so that one that was cut, altered or taken from another
 * list or another user is refused instead of silently showing other rows. The digest is no secret and need not be
 * one: whoever computes a cursor of his own reaches rows of his own lists only, because every statement is scoped by
 * user and tenant.
 */
public final class PageToken {

    /** Longest text that can be a cursor; bounds the parameter. */
    public static final int MAX_LENGTH = 400;

    private static final byte VERSION = 1;
    private static final int DIGEST = 8;
    private static final String SEPARATOR = "\n";

    private final List<String> keys;

    private PageToken(List<String> keys) {
        this.keys = keys;
    }

    /**
     * The text for a client.
     *
     * @param list name of the list with its filters and reader, e.g. {@code decks/7}; the same when reading it back
     * @param keys values of the sort key, without line breaks
     */
    public static String of(String list, Object... keys) {
        byte[] content = Stream.of(keys)
                .map(Object::toString)
                .collect(Collectors.joining(SEPARATOR))
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer token = ByteBuffer.allocate(1 + DIGEST + content.length)
                .put(VERSION)
                .put(digest(list, content))
                .put(content);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /**
     * Reads a client's text.
     *
     * @param list as given to {@link #of}
     * @return empty for the first page
     * @throws Problem 400 if it is not a cursor of this list
     */
    public static Optional<PageToken> read(String list, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        byte[] token = decode(text);
        if (token.length < 1 + DIGEST || token[0] != VERSION) {
            throw foreign();
        }
        byte[] content = Arrays.copyOfRange(token, 1 + DIGEST, token.length);
        if (!Arrays.equals(Arrays.copyOfRange(token, 1, 1 + DIGEST), digest(list, content))) {
            throw foreign();
        }
        return Optional.of(new PageToken(List.of(new String(content, StandardCharsets.UTF_8).split(SEPARATOR, -1))));
    }

    /** A key that is a whole number. */
    public long number(int key) {
        try {
            return Long.parseLong(text(key));
        } catch (NumberFormatException e) {
            throw foreign();
        }
    }

    /** A key that is a time, to the microsecond. */
    public Instant instant(int key) {
        try {
            return Instant.parse(text(key));
        } catch (DateTimeException e) {
            throw foreign();
        }
    }

    /** A key that is a date. */
    public LocalDate date(int key) {
        try {
            return LocalDate.parse(text(key));
        } catch (DateTimeException e) {
            throw foreign();
        }
    }

    private String text(int key) {
        if (key >= keys.size()) {
            throw foreign();
        }
        return keys.get(key);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    private static byte[] digest(String list, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(list.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(content), DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Problem foreign() {
        return Problem.invalid("cursor", "is not a cursor of this list; leave it out to begin with the first page");
    }
}
