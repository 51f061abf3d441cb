package dev.tidegate.bench.fairness;

import dev.tidegate.bench.OpenLoop;
import dev.tidegate.bench.OpenLoop.Latencies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** First requests of a day by users of one tenant, at a fixed rate, and what they were answered. */
final class FirstRequests {

    /**
     * An answer of 202.
     *
     * @param askedNanos when the request began
     * @param retryAfter what it was told, in seconds
     * @param interactive whether it named a position, which only the interactive lane has
     */
    record Told(long askedNanos, long answeredNanos, long retryAfter, boolean interactive) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI today;
    private final Crowd crowd;
    private final Map<Long, Told> told = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

    FirstRequests(URI webApi, Crowd crowd) {
        this.today = webApi.resolve("/v1/daily-plan/today");
        this.crowd = crowd;
    }

    Latencies run(int perSecond, Duration time) {
        return OpenLoop.run(perSecond, time, () -> ask(crowd.next()));
    }

    private int ask(Crowd.Member member) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(today)
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + member.token())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        if (answer.statusCode() == 202) {
            long retryAfter = answer.headers().firstValueAsLong("Retry-After").orElseThrow();
            told.put(
                    member.userId(),
                    new Told(asked, System.nanoTime(), retryAfter, answer.body().contains("\"position\"")));
        }
        return answer.statusCode();
    }

    Map<Long, Told> told() {
        return told;
    }

    Map<Integer, Integer> statuses() {
        return new TreeMap<>(statuses);
    }
}
