/** Attacks on every operation that the description names. */
@NullMarked
package dev.tidegate.api.security;

import org.jspecify.annotations.NullMarked;
