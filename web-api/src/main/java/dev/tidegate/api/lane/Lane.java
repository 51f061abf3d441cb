package dev.tidegate.api.lane;

import java.time.Duration;

/** A topic of work and the consumer group of plan-worker that works it off. */
public enum Lane {
    /** Plans that somebody waits for, one a message. */
    INTERACTIVE("plan-requests", "plan-worker", Duration.ofMillis(10)),

    /** Plans made ahead, and what exceeds a tenant's quota, up to a hundred a message. */
    BATCH("plan-precompute", "plan-worker-precompute", Duration.ofMillis(200));

    private final String topic;
    private final String group;
    private final Duration firstGuess;

    Lane(String topic, String group, Duration firstGuess) {
        this.topic = topic;
        this.group = group;
        this.firstGuess = firstGuess;
    }

    public String topic() {
        return topic;
    }

    String group() {
        return group;
    }

    /** What a message takes, until it has been measured. */
    Duration firstGuess() {
        return firstGuess;
    }
}
