/** Reads that tolerate lag, on a read replica if there is one (deploy/adr/0015). */
@NullMarked
package dev.tidegate.api.replica;

import org.jspecify.annotations.NullMarked;
