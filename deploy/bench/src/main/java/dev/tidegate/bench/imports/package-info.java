/** How fast files of content are imported. */
@NullMarked
package dev.tidegate.bench.imports;

import org.jspecify.annotations.NullMarked;
