/** Subjects, topics and tags with the counts of their content, from memory. {@code Catalogue} keeps, {@code StatsEvents} drops. */
@NullMarked
package dev.tidegate.api.catalogue;

import org.jspecify.annotations.NullMarked;
