package dev.tidegate.system;

import static io.restassured.RestAssured.given;

import dev.tidegate.stack.ServiceProcess;

/** What a worker says about itself. */
final class Metrics {

    private Metrics() {}

    static boolean holdsInteractivePartitions(ServiceProcess worker) {
        return given().baseUri(worker.baseUri().toString())
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("tidegate_lane_partitions{") && line.contains("lane=\"interactive\""))
                .anyMatch(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))) > 0);
    }
}
