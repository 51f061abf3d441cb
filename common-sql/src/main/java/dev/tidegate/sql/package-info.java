/** The one way to run SQL: {@link dev.tidegate.sql.Sql} and its two runners. Knows no feature. */
@NullMarked
package dev.tidegate.sql;

import org.jspecify.annotations.NullMarked;
