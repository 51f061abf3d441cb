/**
 * Cost contracts: what a statement may cost, as index names, scans and shared buffers, on data of two sizes.
 *
 * <p>Buffers, not milliseconds: they are the same on every machine. {@code CostContract} declares,
 * {@code CostCheck} measures and judges, {@code CostContracts} finds the contracts of a module and misses none.
 */
@NullMarked
package dev.tidegate.sql.testing.cost;

import org.jspecify.annotations.NullMarked;
