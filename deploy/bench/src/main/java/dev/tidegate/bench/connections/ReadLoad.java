package dev.tidegate.bench.connections;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;

/** What learners' apps read all day, in turn from all replicas of web-api. */
final class ReadLoad {

    private static final List<String> PATHS = List.of(
            "/v1/daily-plan/today",
            "/v1/dashboard/summary",
            "/v1/decks",
            "/v1/flashcards/due",
            "/v1/past-tests",
            "/v1/daily-plan/today");

    private static final int IN_FLIGHT = 6_000;
    private static final long HIGHEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<URI> webApis;
    private final List<String> tokens;
    private final AtomicInteger next = new AtomicInteger();

    ReadLoad(List<URI> webApis, List<String> tokens) {
        this.webApis = webApis;
        this.tokens = tokens;
    }

    /**
     * What became of the requests.
     *
     * @param p50 of successful answers, in milliseconds from when a request was due
     * @param p99 the same
     * @param p99Rejected of answers 503
     * @param wrong other answers of 500 and above, and none
     * @param unsent requests that the client itself could not send, because too many were under way
     */
    record Figures(
            double p50,
            double p99,
            double p99Rejected,
            long requests,
            long served,
            long rejected,
            long wrong,
            long unsent) {}

    /** Answers a second when this many clients each wait for their answer before they ask again. */
    double closedLoop(int clients, Duration time) throws InterruptedException {
        var answers = new AtomicLong();
        long end = System.nanoTime() + time.toNanos();
        long start = System.nanoTime();
        List<Thread> threads = IntStream.range(0, clients)
                .mapToObj(ignored -> Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() < end) {
                        HttpResponse<Void> response = send().join();
                        if (response.statusCode() < 300) {
                            answers.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return answers.get() * 1e9 / (System.nanoTime() - start);
    }

    /** Sends at a rate whatever becomes of the requests. */
    Figures openLoop(double perSecond, Duration time) {
        var served = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        var rejected = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        var wrong = new AtomicLong();
        long unsent = 0;
        var places = new Semaphore(IN_FLIGHT);
        double interval = 1e9 / perSecond;
        long count = (long) (time.toNanos() / interval);
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + (long) (i * interval);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (!places.tryAcquire()) {
                unsent++;
                continue;
            }
            send().whenComplete((response, failure) -> {
                places.release();
                long micros = Math.min(HIGHEST_MICROS, (System.nanoTime() - due) / 1000);
                int status = response == null ? 0 : response.statusCode();
                if (status == 503) {
                    rejected.recordValue(micros);
                } else if (status == 0 || status >= 500) {
                    wrong.incrementAndGet();
                } else {
                    served.recordValue(micros);
                }
            });
        }
        places.acquireUninterruptibly(IN_FLIGHT);
        return new Figures(
                served.getValueAtPercentile(50) / 1000.0,
                served.getValueAtPercentile(99) / 1000.0,
                rejected.getValueAtPercentile(99) / 1000.0,
                count,
                served.getTotalCount(),
                rejected.getTotalCount(),
                wrong.get(),
                unsent);
    }

    private CompletableFuture<HttpResponse<Void>> send() {
        int turn = next.getAndIncrement() & Integer.MAX_VALUE;
        URI webApi = webApis.get(turn % webApis.size());
        // Each replica meets every path and every learner.
        int request = turn / webApis.size();
        HttpRequest built = HttpRequest.newBuilder(webApi.resolve(PATHS.get(request % PATHS.size())))
                .header("Authorization", "Bearer " + tokens.get(request / PATHS.size() % tokens.size()))
                .timeout(TIMEOUT)
                .build();
        return http.sendAsync(built, BodyHandlers.discarding());
    }
}
