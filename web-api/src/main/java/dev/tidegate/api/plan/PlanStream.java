package dev.tidegate.api.plan;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** What goes over an open stream: signs of life, then the outcome, then the end; the end alone after a bounded time. */
final class PlanStream {

    /** A sign of life, an outcome or the end. */
    sealed interface Signal {
        record Alive() implements Signal {}

        record Outcome(PlanNotice notice) implements Signal {}

        record End() implements Signal {}
    }

    private PlanStream() {}

    /**
     * The stream.
     *
     * @param outcome at most one
     * @param heartbeat time between signs of life; the first comes at once, so that the client sees the headers
     * @param longest after which the stream ends by itself
     */
    static Multi<Signal> of(Multi<PlanNotice> outcome, Duration heartbeat, Duration longest) {
        Multi<Signal> ended =
                outcome.<Signal>map(Signal.Outcome::new).onCompletion().continueWith(new Signal.End());
        Multi<Signal> alive =
                Multi.createFrom().ticks().every(heartbeat).onOverflow().drop().map(tick -> new Signal.Alive());
        Multi<Signal> timeUp = Uni.createFrom()
                .<Signal>item(new Signal.End())
                .onItem()
                .delayIt()
                .by(longest)
                .toMulti();
        return Multi.createBy()
                .merging()
                .streams(ended, alive, timeUp)
                .select()
                .first(signal -> !(signal instanceof Signal.End));
    }
}
