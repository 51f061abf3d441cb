package dev.tidegate.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final List<String> lines = new ArrayList<>();
    private final RefusalLog log = new RefusalLog(now::get, lines::add);

    @Test
    void floodIsOneLineASecondAndNoneIsUncounted() {
        IntStream.range(0, 1_000).forEach(i -> log.tell("queue full"));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        log.tell("timeout");

        assertThat(lines).containsExactly("queue full", "timeout (and 999 refusals before it)");
    }

    @Test
    void refusalsASecondApartAreWrittenEach() {
        log.tell("queue full");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        log.tell("queue full");

        assertThat(lines).containsExactly("queue full", "queue full");
    }
}
