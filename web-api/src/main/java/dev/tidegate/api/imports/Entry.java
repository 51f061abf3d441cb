package dev.tidegate.api.imports;

import java.util.List;
import java.util.Map;

/**
 * One question, card or lesson as a file states it, in the names of {@link Kind}; nothing of it is checked yet.
 *
 * @param number which one of the file, from 1
 * @param line where it begins, from 1; 0 in a file without lines
 * @param texts fields that hold one value
 * @param lists fields that hold several
 */
record Entry(int number, int line, Map<String, String> texts, Map<String, List<String>> lists) {}
