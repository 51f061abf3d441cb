package dev.tidegate.system;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Watches plans being finished under load and keeps, for each phase of a test, the longest pause without one. */
final class PlanProgress implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 50;

    private final Learners learners;
    private final List<Long> users;
    private final SteadyLoad load;
    private final Map<String, Long> longestPauses = new LinkedHashMap<>();
    private final Thread thread;
    private String phase = "start";

    PlanProgress(Learners learners, List<Long> users, SteadyLoad load) {
        this.learners = learners;
        this.users = users;
        this.load = load;
        this.thread = Thread.ofPlatform().name("plan-progress").start(this::run);
    }

    synchronized void phase(String name) {
        phase = name;
    }

    synchronized String report() {
        return "longest pause without a finished plan: "
                + longestPauses.entrySet().stream()
                        .map(pause -> "%s %d ms".formatted(pause.getKey(), pause.getValue()))
                        .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        long plans = 0;
        long since = System.nanoTime();
        try {
            while (true) {
                int asked = load.sent();
                long now = learners.plans(users.subList(0, asked));
                if (now > plans || now == asked) {
                    since = System.nanoTime();
                    plans = now;
                }
                note(Duration.ofNanos(System.nanoTime() - since).toMillis());
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(long pauseMillis) {
        longestPauses.merge(phase, pauseMillis, Math::max);
    }
}
