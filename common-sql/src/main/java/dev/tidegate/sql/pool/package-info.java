/** Pools of connections: what every service says and holds to about its own, whichever driver they are of. */
@NullMarked
package dev.tidegate.sql.pool;

import org.jspecify.annotations.NullMarked;
