/** Sample data. */
@NullMarked
package dev.tidegate.stack.data;

import org.jspecify.annotations.NullMarked;
