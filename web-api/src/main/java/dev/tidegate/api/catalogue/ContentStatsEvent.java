package dev.tidegate.api.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A message of topic {@code content-stats-events}, as content-stats-event.schema.json in deploy/contracts describes it.
 *
 * @param subjectId the subject whose statistics have changed, also the message's key
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ContentStatsEvent(int subjectId) {}
