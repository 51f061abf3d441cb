package dev.tidegate.api.imports;

import java.util.List;
import java.util.stream.Stream;

/** Moodle's question categories as names of topics: {@code $course$/top/Physics/Kinematics} is "Physics / Kinematics". */
final class Categories {

    private static final List<String> ROOTS = List.of("$course$", "$system$", "$cat1$", "top");

    private Categories() {}

    /** The last two parts of the path; empty if there are fewer. */
    static String topic(String category) {
        List<String> parts = Stream.of(category.split("/", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty() && !ROOTS.contains(part))
                .toList();
        return parts.size() < 2 ? "" : parts.get(parts.size() - 2) + " / " + parts.getLast();
    }
}
