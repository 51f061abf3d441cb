/** Errors as clients see them (RFC 9457). */
@NullMarked
package dev.tidegate.api.problem;

import org.jspecify.annotations.NullMarked;
