/** What every feature's configuration has in common. */
@NullMarked
package dev.tidegate.sql.settings;

import org.jspecify.annotations.NullMarked;
