/** What each hot call costs, at two sizes, for new and heavy users, on the first and the last page. */
@NullMarked
package dev.tidegate.bench.reads;

import org.jspecify.annotations.NullMarked;
