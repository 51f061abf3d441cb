/** The id that ties a request to its log lines and messages. */
@NullMarked
package dev.tidegate.api.correlation;

import org.jspecify.annotations.NullMarked;
