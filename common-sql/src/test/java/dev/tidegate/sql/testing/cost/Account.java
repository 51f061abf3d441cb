package dev.tidegate.sql.testing.cost;

/**
 * A user whose history has a known size.
 *
 * @param name for messages: newest, median or heaviest
 */
public record Account(String name, long id, long tenantId) {}
