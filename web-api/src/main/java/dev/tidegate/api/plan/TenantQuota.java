package dev.tidegate.api.plan;

/**
 * How many plans a tenant's learners may ask for, over all replicas.
 *
 * @param perSecond sustained, positive
 * @param burst at once after a quiet time, positive
 */
record TenantQuota(int perSecond, int burst) {}
