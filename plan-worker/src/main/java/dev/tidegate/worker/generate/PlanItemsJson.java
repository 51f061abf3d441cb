package dev.tidegate.worker.generate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tidegate.worker.compose.PlanItem;
import java.util.List;

/** Writes items as {@code deploy/contracts/plan-items.schema.json} says; the pure classes know no JSON. */
public final class PlanItemsJson {

    private final ObjectWriter writer;

    public PlanItemsJson(ObjectMapper mapper) {
        this.writer =
                mapper.copy().addMixIn(PlanItem.class, Kinds.class).writerFor(new TypeReference<List<PlanItem>>() {});
    }

    String write(List<PlanItem> items) {
        try {
            return writer.writeValueAsString(items);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plan items cannot be written as JSON", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PlanItem.Review.class, name = "review"),
        @JsonSubTypes.Type(value = PlanItem.Quiz.class, name = "quiz"),
        @JsonSubTypes.Type(value = PlanItem.Lesson.class, name = "lesson"),
        @JsonSubTypes.Type(value = PlanItem.Exercise.class, name = "exercise")
    })
    private interface Kinds {}
}
