package dev.tidegate.api.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code plan-events}: every replica every event, in a consumer group of its own and from the topic's end,
 * because nobody knows which replica a learner's stream is connected to.
 */
@Singleton
class PlanEvents {

    private static final Logger LOG = Logger.getLogger(PlanEvents.class);

    private final Listeners listeners;
    private final OpenRequests open;
    private final ObjectMapper json;

    PlanEvents(Listeners listeners, OpenRequests open, ObjectMapper json) {
        this.listeners = listeners;
        this.open = open;
        this.json = json;
    }

    /** A message that cannot be read is passed over: streams look for themselves as well. */
    @Incoming("plan-events")
    void ended(String message) {
        try {
            @Nullable PlanEvent event = json.readValue(message, PlanEvent.class);
            if (event != null) {
                if (event.planDate() != null) {
                    open.ended(event.userId(), event.planDate());
                }
                listeners.tell(event);
            }
        } catch (JsonProcessingException e) {
            LOG.warnf("a message of plan-events does not follow its schema: %s", e.getOriginalMessage());
        }
    }
}
