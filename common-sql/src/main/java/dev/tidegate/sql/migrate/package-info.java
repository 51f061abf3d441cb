/** Brings a database to the schema of this build. */
@NullMarked
package dev.tidegate.sql.migrate;

import org.jspecify.annotations.NullMarked;
