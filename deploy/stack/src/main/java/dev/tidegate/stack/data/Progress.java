package dev.tidegate.stack.data;

import java.util.function.Consumer;

/** Tells how far a step is, e.g. {@code flashcards 430,000 of 1,077,231 (40 %)}. Steps run on two threads. */
final class Progress {

    private final String what;
    private final long total;
    private final Consumer<String> lines;
    private long done;

    Progress(String what, long total, Consumer<String> lines) {
        this.what = what;
        this.total = total;
        this.lines = lines;
    }

    synchronized void add(long count) {
        done += count;
        lines.accept("%s %,d of %,d (%d %%)".formatted(what, done, total, done * 100 / total));
    }
}
