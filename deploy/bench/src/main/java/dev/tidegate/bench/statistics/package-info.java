/** What statistics that are computed once save, and how soon an edit is in them. */
@NullMarked
package dev.tidegate.bench.statistics;

import org.jspecify.annotations.NullMarked;
