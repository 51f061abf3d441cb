/** The connection budget: the single file of numbers, what is derived from it, and the checks that hold it. */
@NullMarked
package dev.tidegate.sql.budget;

import org.jspecify.annotations.NullMarked;
