/** Laws and cases of the SQL function {@code plan_date}, the one definition of a learner's day. */
@NullMarked
package dev.tidegate.sql.plandate;

import org.jspecify.annotations.NullMarked;
