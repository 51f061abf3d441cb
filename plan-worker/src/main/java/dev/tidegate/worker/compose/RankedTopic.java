package dev.tidegate.worker.compose;

/**
 * A topic and its score.
 *
 * @param score above 0; only the order means something
 */
public record RankedTopic(Topic topic, double score) {}
