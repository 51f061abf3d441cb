/** What a learner sees first: today, what is due, how far, how long. One statement. */
@NullMarked
package dev.tidegate.api.dashboard;

import org.jspecify.annotations.NullMarked;
