package dev.tidegate.api.plan;

import dev.tidegate.api.lane.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that a broker has.
 *
 * @param requestedAt when the plan was first asked for
 * @param place where the latest request for it stands; null if the workers try it again by themselves
 */
record Asked(Instant requestedAt, @Nullable Place place) {}
