/**
 * Sample data: a content bank, learners and their histories, at the size of a test or of the incident.
 *
 * <p>The main flow is {@link dev.tidegate.stack.data.SampleData}; each {@code *Statements} class fills the
 * tables of one area from the {@link dev.tidegate.stack.data.Vocabulary}.
 */
@NullMarked
package dev.tidegate.stack.data;

import org.jspecify.annotations.NullMarked;
