package dev.tidegate.api.learner;

/**
 * The user that a token names.
 *
 * @param userId id of the user, positive
 * @param tenantId id of the user's tenant, positive; every look-up is scoped by both
 */
public record Learner(long userId, long tenantId) {}
