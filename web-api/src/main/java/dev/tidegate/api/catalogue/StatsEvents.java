package dev.tidegate.api.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drops answers whose figures have changed. Every replica reads every event, in a consumer group of its own and from
 * the topic's end: what was changed before the process started is not in its memory.
 */
@Singleton
class StatsEvents {

    private static final Logger LOG = Logger.getLogger(StatsEvents.class);

    private final Catalogue catalogue;
    private final ObjectMapper json;

    StatsEvents(Catalogue catalogue, ObjectMapper json) {
        this.catalogue = catalogue;
        this.json = json;
    }

    /** A message that cannot be read is passed over: the answers end by their age anyway. */
    @Incoming("content-stats-events")
    void refreshed(String message) {
        try {
            @Nullable ContentStatsEvent event = json.readValue(message, ContentStatsEvent.class);
            if (event != null) {
                catalogue.drop(event.subjectId());
            }
        } catch (JsonProcessingException e) {
            LOG.warnf("a message of content-stats-events does not follow its schema: %s", e.getOriginalMessage());
        }
    }
}
