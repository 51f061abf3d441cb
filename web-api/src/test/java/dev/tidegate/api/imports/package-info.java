/** Files that are imported, read from texts that the tests write. */
@NullMarked
package dev.tidegate.api.imports;

import org.jspecify.annotations.NullMarked;
