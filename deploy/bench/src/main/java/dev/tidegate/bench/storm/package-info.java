/** Thousands of first requests within a minute. */
@NullMarked
package dev.tidegate.bench.storm;

import org.jspecify.annotations.NullMarked;
