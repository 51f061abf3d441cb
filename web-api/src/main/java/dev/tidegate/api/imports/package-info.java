/**
 * Files of content brought in by editors. {@code ImportResource} takes a file and spools it, {@code ImportRunner} works
 * on one at a time: it reads a file to its end to find what is wrong with it, and only a file without a flaw is read
 * again and written, in one transaction.
 */
@NullMarked
package dev.tidegate.api.imports;

import org.jspecify.annotations.NullMarked;
