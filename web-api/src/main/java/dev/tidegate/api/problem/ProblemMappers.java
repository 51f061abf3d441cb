package dev.tidegate.api.problem;

import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.Tier;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where an error becomes an answer. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** A saturated pool frees a connection within a statement's time, so one second is enough. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final RoutingContext request;

    ProblemMappers(RoutingContext request) {
        this.request = request;
    }

    @ServerExceptionMapper
    Response problem(Problem problem) {
        return answer(problem).build();
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    Response unauthorized(SecurityException refused) {
        return answer(Problem.unauthorized()).build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException refused) {
        return answer(Problem.ofStatus(403, "Forbidden")).build();
    }

    /** What the framework refuses; its own entity and message are dropped, headers such as Allow are kept. */
    @ServerExceptionMapper
    Response http(WebApplicationException refused) {
        Response given = refused.getResponse();
        int status = given.getStatus();
        if (status < 400) {
            return given;
        }
        if (status >= 500) {
            return unexpected(refused);
        }
        Response.ResponseBuilder answer =
                answer(Problem.ofStatus(status, given.getStatusInfo().getReasonPhrase()));
        given.getHeaders().forEach((name, values) -> {
            if (name.equalsIgnoreCase(HttpHeaders.ALLOW)) {
                values.forEach(value -> answer.header(name, value));
            }
        });
        return answer.build();
    }

    @ServerExceptionMapper
    Response database(SqlFailure failure) {
        if (failure.isTimeout()) {
            LOG.warn(failure.getMessage());
            return answer(Problem.queryTimeout(SOON)).build();
        }
        if (failure.isUnavailable()) {
            LOG.warn(failure.getMessage());
            return answer(Problem.tierSaturated(Tier.WEB_API, SOON)).build();
        }
        return unexpected(failure);
    }

    @ServerExceptionMapper(Throwable.class)
    Response unexpected(Throwable failure) {
        LOG.error("unexpected failure of " + request.normalizedPath(), failure);
        return answer(Problem.internal()).build();
    }

    private Response.ResponseBuilder answer(Problem problem) {
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(ProblemBody.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(ProblemBody.of(problem, request));
        problem.retryAfter().ifPresent(after -> answer.header(HttpHeaders.RETRY_AFTER, seconds(after)));
        if (problem.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return answer;
    }

    /** Whole seconds, rounded up, at least 1: a client that comes back at once gains nothing. */
    private static long seconds(Duration after) {
        return Math.max(1, after.plusMillis(999).toSeconds());
    }
}
