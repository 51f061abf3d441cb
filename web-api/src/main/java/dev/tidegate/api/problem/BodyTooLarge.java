package dev.tidegate.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body that announces itself as too long, before a byte of it is read. Quarkus refuses it as well, one
 * step later, but with an empty answer that no mapper sees.
 *
 * <p>Quarkus knows one bound for all requests. For {@link LongBodies} the length is checked here against their own and
 * then taken from the headers, so that Quarkus' check does not meet it; one that turns out to be too long is stopped by
 * the bound that Quarkus' input stream reads from the request.
 */
@Singleton
class BodyTooLarge {

    private static final int AFTER_CORRELATION = 900;

    /** Quarkus notes its bound in the request at order -2; a filter's order is its negative priority. */
    private static final int AFTER_QUARKUS = 1;

    private final ObjectMapper json;
    private final long limit;
    private final Instance<LongBodies> longBodies;

    BodyTooLarge(
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
            @Any Instance<LongBodies> longBodies) {
        this.json = json;
        this.limit = limit.asLongValue();
        this.longBodies = longBodies;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_CORRELATION);
        filters.register(this::widen, AFTER_QUARKUS);
    }

    private void check(RoutingContext request) {
        long bound = bound(request.request());
        @Nullable String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > bound) {
            refuse(request);
            return;
        }
        if (bound > limit) {
            request.request().headers().remove(HttpHeaders.CONTENT_LENGTH);
        }
        request.next();
    }

    private void widen(RoutingContext request) {
        long bound = bound(request.request());
        if (bound > limit) {
            // One byte more, so that the reader of the stream meets its own bound first and answers with a problem.
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, bound + 1);
        }
        request.next();
    }

    private long bound(HttpServerRequest request) {
        return longBodies.stream()
                .filter(bodies -> bodies.cover(request))
                .mapToLong(LongBodies::largest)
                .findFirst()
                .orElse(limit);
    }

    private void refuse(RoutingContext request) {
        var problem = Problem.contentTooLarge();
        var response = request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close");
        try {
            response.end(json.writeValueAsString(ProblemBody.of(problem, request)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written as JSON", e);
        }
    }
}
