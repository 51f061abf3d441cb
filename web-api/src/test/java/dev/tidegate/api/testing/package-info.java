/** Real PostgreSQL, a real broker, tokens and rows for this module's tests. */
@NullMarked
package dev.tidegate.api.testing;

import org.jspecify.annotations.NullMarked;
