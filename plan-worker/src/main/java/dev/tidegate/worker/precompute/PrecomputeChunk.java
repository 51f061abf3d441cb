package dev.tidegate.worker.precompute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.worker.generate.PlanGenerator;
import dev.tidegate.worker.generate.PlanKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A message of {@code plan-precompute}, by {@code deploy/contracts/precompute-chunk.schema.json}. */
record PrecomputeChunk(
        @Nullable LocalDate planDate, @Nullable List<Long> userIds) {

    /** The plans that a message asks for, at most {@value PlanGenerator#MAX_BATCH}; empty if it is not a chunk. */
    static Optional<Set<PlanKey>> readKeys(ObjectMapper mapper, @Nullable String json) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(mapper.readValue(json, PrecomputeChunk.class))
                    .flatMap(PrecomputeChunk::keys);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Optional<Set<PlanKey>> keys() {
        LocalDate day = planDate;
        List<Long> users = userIds;
        if (day == null || users == null || users.isEmpty() || users.size() > PlanGenerator.MAX_BATCH) {
            return Optional.empty();
        }
        var keys = new TreeSet<PlanKey>();
        for (@Nullable Long user : users) {
            if (user == null || user < 1) {
                return Optional.empty();
            }
            keys.add(new PlanKey(user, day));
        }
        return Optional.of(keys);
    }
}
