package dev.tidegate.api.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks topics up once each. It remembers at most one miss per flaw, and as many topics as there are. */
final class KnownTopics implements Topics {

    private static final String BETWEEN = " / ";

    private final ImportStore store;
    private final Map<String, Integer> ids = new HashMap<>();

    KnownTopics(ImportStore store) {
        this.store = store;
    }

    @Override
    public int id(String name) {
        return ids.computeIfAbsent(name, this::find);
    }

    /** The topics that were asked for and exist. */
    Set<Integer> found() {
        return ids.values().stream().filter(id -> id != 0).collect(Collectors.toUnmodifiableSet());
    }

    private int find(String name) {
        if (name.matches("[1-9]\\d{0,8}")) {
            int id = Integer.parseInt(name);
            return store.topic(id) ? id : 0;
        }
        // A subject's name may hold the separator as well as a topic's.
        for (int at = name.indexOf(BETWEEN); at >= 0; at = name.indexOf(BETWEEN, at + 1)) {
            int id = store.topicByName(
                    name.substring(0, at).strip(),
                    name.substring(at + BETWEEN.length()).strip());
            if (id != 0) {
                return id;
            }
        }
        return 0;
    }
}
