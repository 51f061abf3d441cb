/** Benchmarks: each prints machine, sizes, medians and ratios of one run, and asserts nothing. */
@NullMarked
package dev.tidegate.bench;

import org.jspecify.annotations.NullMarked;
