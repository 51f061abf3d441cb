package dev.tidegate.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.Tier;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.StringJoiner;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** The one place where an error becomes an answer. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final RefusalLog REFUSALS = new RefusalLog(System::nanoTime, LOG::warn);

    /** The one character that PostgreSQL's texts cannot hold and JSON can. */
    private static final String NOT_STORABLE = "22021";

    private final RoutingContext request;
    private final ReturnTurns turns;

    ProblemMappers(RoutingContext request, ReturnTurns turns) {
        this.request = request;
        this.turns = turns;
    }

    @ServerResponseFilter
    void count(ContainerResponseContext answer) {
        if (answer.getStatus() < 500) {
            turns.answered();
        }
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
        if (refused.getCause() instanceof Problem cause) {
            return problem(cause);
        }
        if (refused.getCause() instanceof JsonProcessingException cause) {
            return body(cause);
        }
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
    Response violated(ConstraintViolationException violated) {
        return problem(Problem.invalid(violated.getConstraintViolations().stream()
                .map(violation -> new Problem.Violation(field(violation.getPropertyPath()), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.Violation::field))
                .toList()));
    }

    /** A body whose JSON has another shape than the operation takes. */
    @ServerExceptionMapper(MismatchedInputException.class)
    Response body(JsonProcessingException unread) {
        return problem(JsonProblems.of(unread));
    }

    @ServerExceptionMapper
    Response database(SqlFailure failure) {
        if (failure.isTimeout()) {
            REFUSALS.tell(String.valueOf(failure.getMessage()));
            return answer(Problem.queryTimeout(turns.next())).build();
        }
        if (failure.isUnavailable()) {
            REFUSALS.tell(String.valueOf(failure.getMessage()));
            return answer(Problem.tierSaturated(Tier.WEB_API, turns.next())).build();
        }
        if (failure.sqlState().equals(NOT_STORABLE)) {
            return problem(Problem.invalid("request", "holds the character U+0000, which no text may"));
        }
        return unexpected(failure);
    }

    @ServerExceptionMapper(Throwable.class)
    Response unexpected(Throwable failure) {
        LOG.error("unexpected failure of " + request.normalizedPath(), failure);
        return answer(Problem.internal()).build();
    }

    /** The path without the method's name and, for a field of the body, without the parameter's. */
    private static String field(Path path) {
        var fields = new StringJoiner(".");
        @Nullable String parameter = null;
        for (Path.Node node : path) {
            switch (node.getKind()) {
                // An element of a list is named by the list before it, with its index.
                case METHOD, CONTAINER_ELEMENT -> {}
                case PARAMETER -> parameter = node.getName();
                default -> fields.add(node.toString());
            }
        }
        return fields.length() == 0 ? String.valueOf(parameter) : fields.toString();
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
