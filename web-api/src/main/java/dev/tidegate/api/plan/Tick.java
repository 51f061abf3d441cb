package dev.tidegate.api.plan;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a learner says of an item.
 *
 * @param done whether it is done; required
 */
@Schema(name = "PlanItemChange")
record Tick(@NotNull @Schema(required = true) @Nullable Boolean done) {}
