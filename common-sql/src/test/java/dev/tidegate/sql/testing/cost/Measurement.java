package dev.tidegate.sql.testing.cost;

import java.util.List;
import java.util.Set;

/**
 * One execution of a statement, as EXPLAIN (ANALYZE, BUFFERS) saw it.
 *
 * @param rows that it returned; of a write without RETURNING 0
 * @param buffers shared blocks hit or read by the plan and by the triggers and foreign keys it set off
 * @param indexes names of all indexes in the plan
 * @param scanned tables that are scanned sequentially
 * @param writes that it changes rows
 * @param spills which nodes went to disk, in words
 */
record Measurement(
        long rows,
        long buffers,
        long heapFetches,
        Set<String> indexes,
        Set<String> scanned,
        boolean writes,
        List<String> spills) {}
