package dev.tidegate.api.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.EntityTag;

/**
 * Something with the number of its version, which is its entity tag.
 *
 * @param version grows with every change of what the value shows
 */
public record Versioned<T>(T value, int version) {

    /** The value as JSON, tagged with the version. */
    public TaggedJson json(ObjectMapper mapper) {
        return new TaggedJson(TaggedJson.of(mapper, value).body(), new EntityTag(Integer.toString(version)));
    }
}
