package dev.tidegate.stack.data;

import java.util.List;
import java.util.stream.LongStream;

/** Ids from first to last, both included: the part of a large step that one statement fills. */
record Range(long first, long last) {

    /** 1…count in at most {@code parts} ranges without gap or overlap. */
    static List<Range> split(long count, int parts) {
        return LongStream.range(0, parts)
                .mapToObj(part -> new Range(count * part / parts + 1, count * (part + 1) / parts))
                .filter(range -> range.first() <= range.last())
                .toList();
    }

    long size() {
        return last - first + 1;
    }
}
