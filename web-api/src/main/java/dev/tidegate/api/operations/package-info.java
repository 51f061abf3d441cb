/** What all features share at run time: the clock, the shape of the metrics, the API's description. */
@NullMarked
package dev.tidegate.api.operations;

import org.jspecify.annotations.NullMarked;
