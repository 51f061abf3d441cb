package dev.tidegate.worker.precompute;

import java.time.Duration;
import java.time.LocalDate;

/** What there is one run of: the users of a zone with one day-start hour, and the day that is about to begin. */
record RunKey(String timeZone, int dayStartHour, LocalDate planDate) {

    /**
     * How long after its discovery the run starts: spread evenly over zones, and the same for everybody who computes
     * it, so that zones of one offset do not start together.
     *
     * @return at least zero and less than {@code spread}, or zero if that is zero
     */
    Duration jitter(Duration spread) {
        if (spread.isZero()) {
            return Duration.ZERO;
        }
        long scrambled = (timeZone + dayStartHour + planDate).hashCode() * 0x9E3779B97F4A7C15L;
        return Duration.ofMillis(Math.floorMod(scrambled >>> 16, spread.toMillis()));
    }

    /** Identifies the chunk that begins after a user; the same after a repetition. */
    String chunkId(long afterUserId) {
        return timeZone + ":" + dayStartHour + ":" + planDate + ":" + afterUserId;
    }
}
