package dev.tidegate.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidegate.api.correlation.CorrelationId;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of {@code application/problem+json}.
 *
 * @param type stable URI of the kind of problem
 * @param title the kind in words
 * @param status the HTTP status again
 * @param detail what happened this time
 * @param instance path of the request
 * @param correlationId the id under which the request is logged
 * @param violations the parts of the request that are not acceptable; left out if there are none
 */
@Schema(name = "Problem", description = "An error as RFC 9457 describes it.")
public record ProblemBody(
        URI type,
        String title,
        int status,
        String detail,
        String instance,
        String correlationId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.Violation> violations) {

    /** The media type of RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static ProblemBody of(Problem problem, RoutingContext request) {
        return new ProblemBody(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                request.normalizedPath(),
                CorrelationId.of(request),
                problem.violations());
    }
}
