package dev.tidegate.api.problem;

import dev.tidegate.sql.budget.Tier;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An error that a client is meant to see, as RFC 9457 describes it.
 *
 * <p>Types are stable: a client may branch on them. Titles and details are for people and never hold SQL, class
 * names or values of other users.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String TYPES = "https://tidegate.dev/problems/";

    private final int status;
    private final String type;
    private final String title;
    private final @Nullable Duration retryAfter;
    private final List<Violation> violations;

    /**
     * A part of the request that is not acceptable.
     *
     * @param field name of the parameter, or path into the body such as {@code answers[0].option}
     * @param message what it takes, with its bounds
     */
    public record Violation(String field, String message) {}

    private Problem(int status, String type, String title, String detail, @Nullable Duration retryAfter) {
        this(status, type, title, detail, retryAfter, List.of());
    }

    private Problem(
            int status,
            String type,
            String title,
            String detail,
            @Nullable Duration retryAfter,
            List<Violation> violations) {
        // Expected outcomes, some of them in floods: a stack trace would cost much and say nothing.
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
        this.retryAfter = retryAfter;
        this.violations = violations;
    }

    /** 400: parts of the request are outside their bounds, each named. */
    public static Problem invalid(List<Violation> violations) {
        String detail = violations.stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .collect(Collectors.joining("; "));
        return new Problem(400, "invalid-request", "The request is not valid", detail, null, violations);
    }

    /** 400: one part of the request is outside its bounds. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    /** 409: the request does not fit the state of what it changes. */
    public static Problem conflict(String detail) {
        return new Problem(409, "conflict", "Conflict with the current state", detail, null);
    }

    /** 409: a value is taken, or may not change any more. */
    public static Problem conflict(String field, String message) {
        return new Problem(
                409,
                "conflict",
                "Conflict with the current state",
                field + ": " + message,
                null,
                List.of(new Violation(field, message)));
    }

    /** 422: the request is well-formed, but what a field refers to does not exist. */
    public static Problem unknownReference(String field, String message) {
        return new Problem(
                422,
                "unknown-reference",
                "The request refers to something that does not exist",
                field + ": " + message,
                null,
                List.of(new Violation(field, message)));
    }

    /** 409: the same idempotency key is being used by a request that has not ended. */
    public static Problem requestInFlight(Duration retryAfter) {
        return new Problem(
                409,
                "request-in-flight",
                "The same request is being processed",
                "A request with this Idempotency-Key has not ended yet.",
                retryAfter);
    }

    /** 422: the idempotency key belongs to another request. */
    public static Problem idempotencyKeyReused() {
        return new Problem(
                422,
                "idempotency-key-reused",
                "The idempotency key belongs to another request",
                "This Idempotency-Key was used for another operation or another body.",
                null);
    }

    /** 412: what is to be changed has changed since the client read it. */
    public static Problem preconditionFailed() {
        return new Problem(
                412,
                "precondition-failed",
                "Changed in the meantime",
                "The If-Match header names another version than the current one.",
                null);
    }

    /** 413: the body is longer than the operation takes. */
    public static Problem contentTooLarge() {
        return ofStatus(413, "Content too large");
    }

    /** 503: as many files are being imported, or wait for it, as a replica holds. */
    public static Problem importsBusy(Duration retryAfter) {
        return new Problem(
                503,
                "imports-busy",
                "Too many imports at once",
                "As many files as are held at once are being imported or wait for it.",
                retryAfter);
    }

    /** 401: no token, or not one of ours. The reason is not told, because it only helps an attacker. */
    public static Problem unauthorized() {
        return new Problem(401, "unauthorized", "Unauthorized", "A valid bearer token is required.", null);
    }

    /** 404, also for what belongs to somebody else. */
    public static Problem notFound(String what) {
        return new Problem(404, "not-found", "Not found", what + " was not found.", null);
    }

    /** 503: the plan could not be generated and will not be tried again until the time given. */
    public static Problem planFailed(String wording, Duration retryAfter) {
        return new Problem(503, "plan-failed", "The plan could not be made", wording, retryAfter);
    }

    /** 503: the plan was asked for long ago and is neither there nor given up. */
    public static Problem planOverdue(Duration retryAfter) {
        return new Problem(
                503,
                "plan-overdue",
                "The plan is overdue",
                "Making the plan takes much longer than it should. It is still being tried.",
                retryAfter);
    }

    /** 503: a plan is needed and the workers cannot be asked. */
    public static Problem planningUnavailable(Duration retryAfter) {
        return new Problem(
                503,
                "planning-unavailable",
                "Planning is unavailable",
                "Plans that exist can be read; new ones cannot be asked for at the moment.",
                retryAfter);
    }

    /** 503: no connection could be had in time, because the tier is at its bound or the database is away. */
    public static Problem tierSaturated(Tier tier, Duration retryAfter) {
        return new Problem(
                503,
                "tier-saturated",
                "Too many requests at once",
                "The tier " + tier.label() + " has no database connection for this request at the moment.",
                retryAfter);
    }

    /** 429: the learner has as many streams open as are allowed; closing one makes room. */
    public static Problem tooManyStreams(int allowed, Duration retryAfter) {
        return new Problem(
                429,
                "too-many-streams",
                "Too many open streams",
                "A user may hold " + allowed + " of these streams open at once.",
                retryAfter);
    }

    /** 429: the tenant's learners together ask for more plans than a tenant may. */
    public static Problem tenantOverQuota(Duration retryAfter) {
        return new Problem(
                429,
                "tenant-over-quota",
                "Too many requests of one tenant",
                "Learners of your organisation ask for more plans at once than can be taken from one.",
                retryAfter);
    }

    /** 503: this process has as many streams open as it can hold. */
    public static Problem streamsExhausted(int allowed, Duration retryAfter) {
        return new Problem(
                503,
                "streams-exhausted",
                "No stream is free",
                "This server holds " + allowed + " open streams, which is all it may; polling works meanwhile.",
                retryAfter);
    }

    /** 503: the statement ran into its timeout. */
    public static Problem queryTimeout(Duration retryAfter) {
        return new Problem(
                503,
                "query-timeout",
                "The database took too long",
                "The tier " + Tier.WEB_API.label() + " has given the request up in time.",
                retryAfter);
    }

    /** 500: our fault; what happened is in the log under the correlation id. */
    public static Problem internal() {
        return new Problem(500, "internal", "Internal error", "The error is logged under the correlation id.", null);
    }

    /** What HTTP itself refuses (400, 405, 406, 413, 415 …), without a type of its own. */
    static Problem ofStatus(int status, String title) {
        return new Problem(status, "http-" + status, title, title + ".", null);
    }

    public int status() {
        return status;
    }

    public URI type() {
        return URI.create(TYPES + type);
    }

    public String title() {
        return title;
    }

    /** The detail for the client. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The parts of the request that are not acceptable; empty for other problems. */
    public List<Violation> violations() {
        return violations;
    }

    /** When the same request may succeed. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
