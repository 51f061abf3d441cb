package dev.tidegate.api.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.SqlFailure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a write at most once per user and {@code Idempotency-Key}.
 *
 * <p>The key, the write and its answer are one transaction, so no crash can separate them: either all are there, and
 * a repetition is answered from the key's row, or none is, and it starts anew. A write that fails leaves no key, so a
 * client may repeat it. While the first request runs, a second one waits at the key's row, at most the role's
 * {@code lock_timeout}; then it is told to come back. See draft-ietf-httpapi-idempotency-key-header.
 */
@Singleton
public class IdempotentWrites {

    /** Long enough for a phone that was offline over night. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ReactiveSql sql;
    private final ObjectMapper json;
    private final InstantSource clock;

    IdempotentWrites(ReactiveSql sql, ObjectMapper json, InstantSource clock) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Runs a write.
     *
     * @param key the header's value; without one the write simply runs
     * @param operation method and path, e.g. {@code POST /v1/quizzes/7/answers}; part of the fingerprint
     * @param body the request's body as it was understood; part of the fingerprint
     * @param write runs its statements on the runner it is given and nothing else
     * @throws Problem 409 while the first request runs, 422 if the key belongs to another operation or body
     */
    public Uni<Response> run(
            Learner learner,
            @Nullable String key,
            String operation,
            @Nullable Object body,
            Function<ReactiveSql, Uni<Answer>> write) {
        if (key == null) {
            return write.apply(sql).map(answer -> rendered(answer).response());
        }
        byte[] fingerprint = fingerprint(operation, body);
        Instant now = clock.instant();
        return sql.inTransaction(transaction -> {
                    var keys = new IdempotencyKeys(transaction);
                    return keys.claim(learner, key, fingerprint, now)
                            .flatMap(claimed -> claimed
                                    ? write.apply(transaction)
                                            .map(this::rendered)
                                            .call(written -> keys.keep(learner, key, written))
                                    : keys.find(learner, key).map(known -> replay(known, fingerprint)));
                })
                .onFailure(SqlFailure.class)
                .transform(failure -> failure.isWaitForLock() ? Problem.requestInFlight(SOON) : failure)
                .map(Written::response);
    }

    private static Written replay(IdempotencyKeys.Known known, byte[] fingerprint) {
        if (!MessageDigest.isEqual(known.fingerprint(), fingerprint)) {
            throw Problem.idempotencyKeyReused();
        }
        return known.answer();
    }

    private Written rendered(Answer answer) {
        return new Written(answer.status(), answer.body() == null ? null : text(answer.body()), answer.location());
    }

    /** The body is fingerprinted as it was read, so that spaces and the order of fields make no difference. */
    private byte[] fingerprint(String operation, @Nullable Object body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(body == null ? new byte[0] : text(body).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }
}
