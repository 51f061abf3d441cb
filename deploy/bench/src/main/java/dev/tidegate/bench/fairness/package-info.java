/** One tenant's burst, and what another tenant notices of it. */
@NullMarked
package dev.tidegate.bench.fairness;

import org.jspecify.annotations.NullMarked;
