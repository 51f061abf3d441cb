package dev.tidegate.worker.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message of {@code plan-requests}, by {@code deploy/contracts/plan-request.schema.json}. */
record PlanRequest(
        long userId, @Nullable LocalDate planDate, @Nullable Instant requestedAt) {

    /**
     * Reads a message's value.
     *
     * @return a request that names a plan
     * @throws MalformedRequestException if it is not a request; it will not be one at the next attempt either
     */
    static PlanRequest read(ObjectMapper mapper, @Nullable String json) {
        if (json == null) {
            throw new MalformedRequestException("the message has no value", null);
        }
        try {
            @Nullable PlanRequest request = mapper.readValue(json, PlanRequest.class);
            if (request == null || request.userId < 1 || request.planDate == null) {
                throw new MalformedRequestException("userId or planDate is missing or out of bounds", null);
            }
            return request;
        } catch (JsonProcessingException e) {
            throw new MalformedRequestException("the message is not a plan request: " + e.getOriginalMessage(), e);
        }
    }

    /** The plan it asks for. */
    PlanKey key() {
        return new PlanKey(userId, Objects.requireNonNull(planDate, "checked when it was read"));
    }

    /** A message that cannot be read. */
    static final class MalformedRequestException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MalformedRequestException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
