/** A day of all zones, played in minutes. */
@NullMarked
package dev.tidegate.bench.rollover;

import org.jspecify.annotations.NullMarked;
