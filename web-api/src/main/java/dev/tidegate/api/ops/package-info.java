/**
 * What operators ask of a running system: connections against their budget, plans that failed, the cost of statements.
 * Operators are the platform's team, not a tenant's: they see the figures of all tenants.
 */
@NullMarked
package dev.tidegate.api.ops;

import org.jspecify.annotations.NullMarked;
