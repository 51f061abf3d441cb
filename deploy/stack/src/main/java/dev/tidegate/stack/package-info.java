/**
 * All of Tidegate on one machine, as real processes: PostgreSQL, a Kafka broker, the three services.
 *
 * <p>{@link dev.tidegate.stack.Stack} is the library that system tests and benchmarks use;
 * {@link dev.tidegate.stack.Up} is the command line over it.
 */
@NullMarked
package dev.tidegate.stack;

import org.jspecify.annotations.NullMarked;
