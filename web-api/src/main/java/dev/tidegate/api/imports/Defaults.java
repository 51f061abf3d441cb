package dev.tidegate.api.imports;

/**
 * What holds for entries that do not say otherwise.
 *
 * @param topicId id of a topic; 0 if every entry names its own
 * @param beforeCategories true if that topic holds even for entries of a category: how others sort their questions need
 *     not be how ours are sorted
 * @param validationStatus of questions
 */
record Defaults(int topicId, boolean beforeCategories, String validationStatus) {}
