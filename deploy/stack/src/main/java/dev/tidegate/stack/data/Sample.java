package dev.tidegate.stack.data;

import dev.tidegate.sql.JdbcSql;
import java.time.Instant;

/**
 * What every statement of a load depends on.
 *
 * <p>Nothing else may decide a value. Where chance is wanted the statements hash a row's id with the seed, and
 * where a hash could repeat they permute: (n * 1000003 + offset) % size visits every number below size once, as
 * long as the prime 1000003 does not divide size.
 *
 * <p>Intervals are in hours or seconds, never in days: adding a day depends on the session's time zone.
 *
 * @param anchor the "now" of the data: what is due, recent or ahead is so relative to it
 */
record Sample(JdbcSql sql, Vocabulary vocabulary, Scale scale, long seed, Instant anchor) {}
