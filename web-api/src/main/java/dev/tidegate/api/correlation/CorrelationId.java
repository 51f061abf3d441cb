package dev.tidegate.api.correlation;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id: the client's if it is well formed, else a new one.
 *
 * <p>It works before routing, so that refusals carry the id too. The pattern keeps a client from writing line
 * breaks or long texts into our logs and message headers.
 */
@Singleton
public class CorrelationId {

    public static final String HEADER = "X-Correlation-Id";

    private static final String KEY = "correlationId";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final int BEFORE_EVERYTHING = 1000;

    void register(@Observes Filters filters) {
        filters.register(CorrelationId::assign, BEFORE_EVERYTHING);
    }

    /** The id of a request that went through the filter. */
    public static String of(RoutingContext request) {
        return request.get(KEY);
    }

    private static void assign(RoutingContext request) {
        @Nullable String offered = request.request().getHeader(HEADER);
        String id = offered != null && WELL_FORMED.matcher(offered).matches()
                ? offered
                : UUID.randomUUID().toString();
        request.put(KEY, id);
        request.response().putHeader(HEADER, id);
        MDC.put(KEY, id);
        request.next();
    }
}
