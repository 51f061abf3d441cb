/** Pages of lists by keyset: opaque cursors and the shape of a page. */
@NullMarked
package dev.tidegate.api.paging;

import org.jspecify.annotations.NullMarked;
