package dev.tidegate.sql.pool;

/**
 * A pool at one moment, in connections.
 *
 * @param size those that are open, in use or idle
 * @param inUse those that somebody holds
 * @param waiting callers that have asked for one and have none yet
 * @param minimum what is kept open while nobody asks
 * @param maximum what may be open at most
 */
public record PoolState(long size, long inUse, long waiting, long minimum, long maximum) {}
