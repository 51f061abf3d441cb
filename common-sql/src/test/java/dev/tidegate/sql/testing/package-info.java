/** Fixtures for tests that need PostgreSQL: a real server, fresh databases, checks over all statements. */
@NullMarked
package dev.tidegate.sql.testing;

import org.jspecify.annotations.NullMarked;
