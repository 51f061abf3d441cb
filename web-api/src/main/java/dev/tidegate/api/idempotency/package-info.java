/** Writes that a client may repeat without doing them twice. */
@NullMarked
package dev.tidegate.api.idempotency;

import org.jspecify.annotations.NullMarked;
