package dev.tidegate.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** First requests of the day at a steady pace, one user after the other, whatever becomes of the earlier ones. */
final class SteadyLoad implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final TodayClient today;
    private final List<Long> users;
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<Integer> unexpected = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<?>> answers = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    SteadyLoad(TodayClient today, List<Long> users) {
        this.today = today;
        this.users = users;
        this.thread = Thread.ofPlatform().name("steady-load").start(this::run);
    }

    /** Returns when so many more requests have been sent. */
    void awaitRequests(int count) {
        int end = sent.get() + count;
        await().atMost(PATIENCE).until(() -> sent.get() >= end);
    }

    /** Who has asked for a plan so far. */
    List<Long> asked() {
        return users.subList(0, sent.get());
    }

    /** Ends the load and returns who asked for a plan. */
    List<Long> stop() throws InterruptedException {
        close();
        answers.forEach(CompletableFuture::join);
        return asked();
    }

    List<Integer> unexpected() {
        return List.copyOf(unexpected);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            for (long user : users) {
                answers.add(today.status(user).thenAccept(status -> {
                    if (status != 200 && status != 202) {
                        unexpected.add(status);
                    }
                }));
                sent.incrementAndGet();
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
