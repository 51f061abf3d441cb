package dev.tidegate.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * A JSON body with its strong entity tag. Rendered once, it can be answered any number of times.
 *
 * @param body the bytes
 * @param tag of these bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the tag is what identifies the bytes
public record TaggedJson(byte[] body, EntityTag tag) {

    /** Renders a value. */
    public static TaggedJson of(ObjectMapper json, Object value) {
        try {
            byte[] body = json.writeValueAsBytes(value);
            return new TaggedJson(body, EntityTags.of(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    /**
     * 200, or 304 if the client has these very bytes.
     *
     * @param conditions the request with its If-None-Match
     * @param cacheControl value of {@code Cache-Control}
     */
    public Response answer(Request conditions, String cacheControl) {
        Response.@Nullable ResponseBuilder unchanged = conditions.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(body, MediaType.APPLICATION_JSON_TYPE) : unchanged)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, cacheControl)
                .build();
    }

    /** 200 after a write, with the tag to name in the next one's If-Match. */
    public Response written() {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
