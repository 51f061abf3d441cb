/** The way to the database: through a pooler or direct, what drivers need for either, and what the pooler is told. */
@NullMarked
package dev.tidegate.sql.pooler;

import org.jspecify.annotations.NullMarked;
