/** Tells stats-refresher that content has changed. */
@NullMarked
package dev.tidegate.api.announcement;

import org.jspecify.annotations.NullMarked;
