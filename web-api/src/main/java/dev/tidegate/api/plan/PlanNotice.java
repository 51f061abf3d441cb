package dev.tidegate.api.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a waiting client is told. It holds no plan: the client asks for it, with its ETag and from one place.
 *
 * @param status how the request for the plan has ended
 * @param planDate the day
 */
@Schema(description = "How the request for a plan has ended.")
record PlanNotice(Status status, LocalDate planDate) {

    /** How it has ended. */
    enum Status {
        @JsonProperty("ready")
        READY,
        @JsonProperty("failed")
        FAILED
    }

    /** Name of the event, {@code plan-ready} or {@code plan-failed}. */
    String name() {
        return "plan-" + status.name().toLowerCase(Locale.ROOT);
    }

    /** Id of the event; the same for the same outcome on every replica, so that a reconnecting client can name it. */
    String id() {
        return planDate + "/" + status.name().toLowerCase(Locale.ROOT);
    }
}
