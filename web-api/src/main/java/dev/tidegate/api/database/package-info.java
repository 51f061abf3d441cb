/** The reactive pool, bounded by the connection budget, and the one way to run SQL on it. */
@NullMarked
package dev.tidegate.api.database;

import org.jspecify.annotations.NullMarked;
