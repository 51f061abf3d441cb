package dev.tidegate.api.plan;

import dev.tidegate.api.correlation.CorrelationId;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Opens a stream before its resource is entered. The framework sends status and headers of a stream before it asks for
 * the first item, so this is the last place where the answer can still be a problem or "nothing to wait for".
 *
 * <p>Made at its first use and not with the filters at start-up, when channels and event loops are not there yet.
 */
@ApplicationScoped
class OpenedStreams {

    static final String LAST_EVENT_ID = "Last-Event-ID";
    static final int LONGEST_ID = 100;

    private static final String OPENED = OpenedStreams.class.getName();

    private final Waiting waiting;
    private final CurrentLearner learner;
    private final Vertx vertx;

    OpenedStreams(Waiting waiting, CurrentLearner learner, Vertx vertx) {
        this.waiting = waiting;
        this.learner = learner;
        this.vertx = vertx;
    }

    /** Marks the operation that gets an opened stream. */
    @NameBinding
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Waits {}

    /** What was opened for the request. */
    static Waiting.Opened of(RoutingContext routing) {
        return Objects.requireNonNull(routing.get(OPENED), "the stream was not opened");
    }

    @Waits
    @ServerRequestFilter
    Uni<@Nullable Response> open(ContainerRequestContext request, RoutingContext routing) {
        @Nullable String lastEvent = request.getHeaderString(LAST_EVENT_ID);
        if (lastEvent != null && lastEvent.length() > LONGEST_ID) {
            throw Problem.invalid(LAST_EVENT_ID, "takes at most " + LONGEST_ID + " characters");
        }
        Context context = vertx.getOrCreateContext();
        return waiting.open(
                        learner.get(), CorrelationId.of(routing), command -> context.runOnContext(go -> command.run()))
                .map(opened -> {
                    routing.put(OPENED, opened);
                    // Also for a request that ends before its stream has begun.
                    routing.addEndHandler(ended -> opened.release().run());
                    routing.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    boolean seen = opened.known()
                            .map(known -> known.id().equals(lastEvent))
                            .orElse(false);
                    return seen ? Response.noContent().build() : null;
                });
    }
}
