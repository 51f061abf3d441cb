/** Classes that break the rules of {@link dev.tidegate.sql.testing.SqlRules}, to show that each rule can fail. */
@NullMarked
package dev.tidegate.violating;

import org.jspecify.annotations.NullMarked;
