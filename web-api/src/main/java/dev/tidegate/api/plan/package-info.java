/** The plan of the day: read if it is there, asked for if it is not. */
@NullMarked
package dev.tidegate.api.plan;

import org.jspecify.annotations.NullMarked;
