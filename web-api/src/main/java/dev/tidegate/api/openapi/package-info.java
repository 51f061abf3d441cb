/** The interface's description beyond what the resources' annotations say. */
@NullMarked
package dev.tidegate.api.openapi;

import org.jspecify.annotations.NullMarked;
