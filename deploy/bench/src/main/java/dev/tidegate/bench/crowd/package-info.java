/** Very many learners at once: who they are, what they ask, and what the database and the workers make of it. */
@NullMarked
package dev.tidegate.bench.crowd;

import org.jspecify.annotations.NullMarked;
