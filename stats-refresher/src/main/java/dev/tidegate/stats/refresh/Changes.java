package dev.tidegate.stats.refresh;

import java.util.Collection;
import java.util.List;

/**
 * What changed and is to be counted again.
 *
 * @param topics ids of topics, also of those that are gone
 * @param subjects ids of subjects that changed by themselves, not through a topic
 * @param tags ids of tags that changed by themselves, not through a question
 */
record Changes(List<Integer> topics, List<Integer> subjects, List<Integer> tags) {

    boolean isEmpty() {
        return topics.isEmpty() && subjects.isEmpty() && tags.isEmpty();
    }

    /** As the statements take them. */
    static int[] ids(Collection<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
