/** The workers' two lanes as the broker sees them: how far each has come, and how long a request still waits. */
@NullMarked
package dev.tidegate.api.lane;

import org.jspecify.annotations.NullMarked;
