/**
 * A lane: the partitions of a topic that this process holds, one turn of work per partition, and as many database
 * connections as partitions. Knows neither plans nor SQL.
 */
@NullMarked
package dev.tidegate.worker.lane;

import org.jspecify.annotations.NullMarked;
