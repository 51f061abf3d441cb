/** What every feature's configuration has in common. */
@NullMarked
package dev.tidegate.api.settings;

import org.jspecify.annotations.NullMarked;
