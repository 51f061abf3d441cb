package dev.tidegate.bench.crowd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/** How many plans a worker says it has made, by lane: more than there are rows would be work done twice. */
public final class PlansMade {

    private static final String METER = "tidegate_plans_total{";

    private PlansMade() {}

    /** The worker's counters since its start. */
    public static Map<String, Long> of(URI worker) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                            HttpRequest.newBuilder(worker.resolve("/q/metrics")).build(), BodyHandlers.ofString())
                    .body();
            var made = new TreeMap<String, Long>();
            metrics.lines()
                    .filter(line -> line.startsWith(METER) && line.contains("outcome=\"generated\""))
                    .forEach(line -> made.merge(
                            line.replaceAll(".*lane=\"([a-z]+)\".*", "$1"),
                            (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                            Long::sum));
            return made;
        }
    }
}
