package dev.tidegate.api.lane;

import java.time.Duration;

/**
 * What is still before a message.
 *
 * @param position messages of its partition up to it that are not done: 1 if it is the next or at work, 0 if it is done
 * @param delay how long those will take
 */
public record Queued(long position, Duration delay) {}
