/** How many connections the services hold, and what the waiting learners notice, by replicas, path and load. */
@NullMarked
package dev.tidegate.bench.connections;

import org.jspecify.annotations.NullMarked;
