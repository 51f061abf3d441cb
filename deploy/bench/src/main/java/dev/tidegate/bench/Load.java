package dev.tidegate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sessions that write batches of plans as fast as they can. */
abstract class Load implements AutoCloseable {

    private final int sessions;

    Load(int sessions) {
        this.sessions = sessions;
    }

    /** Writes one batch in a session and returns the number of plans it wrote. */
    abstract int batch(int session) throws Exception;

    @Override
    public abstract void close() throws Exception;

    /** Runs all sessions for a time, after one batch each to warm up. */
    double plansPerSecond(Duration time) throws ExecutionException, InterruptedException {
        List<Callable<Integer>> warmUps = new ArrayList<>();
        List<Callable<Integer>> runs = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            int session = i;
            warmUps.add(() -> batch(session));
            runs.add(() -> run(session, time));
        }
        try (var threads = Executors.newFixedThreadPool(sessions)) {
            sum(threads.invokeAll(warmUps));
            long start = System.nanoTime();
            int plans = sum(threads.invokeAll(runs));
            return plans * 1e9 / (System.nanoTime() - start);
        }
    }

    private int run(int session, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        int plans = 0;
        while (System.nanoTime() < end) {
            plans += batch(session);
        }
        return plans;
    }

    private static int sum(List<Future<Integer>> results) throws ExecutionException, InterruptedException {
        int sum = 0;
        for (Future<Integer> result : results) {
            sum += result.get();
        }
        return sum;
    }
}
