package dev.tidegate.api.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What a write answers, before it is rendered.
 *
 * @param status 200 to 299
 * @param body rendered as JSON; absent for 204
 * @param location path of what was created, e.g. {@code /v1/decks/7}
 */
public record Answer(
        int status, @Nullable Object body, @Nullable String location) {

    /** 200 with a body. */
    public static Answer ok(Object body) {
        return new Answer(200, body, null);
    }

    /** 201 with the created thing and its path. */
    public static Answer created(Object body, String location) {
        return new Answer(201, body, location);
    }

    /** 204. */
    public static Answer noContent() {
        return new Answer(204, null, null);
    }
}
