/** What answers have in common: entity tags and conditional requests. */
@NullMarked
package dev.tidegate.api.http;

import org.jspecify.annotations.NullMarked;
