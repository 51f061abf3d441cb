package dev.tidegate.api.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidegate.api.http.TaggedJson;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's answers, read and rendered once and then kept in memory (deploy/adr/0007).
 *
 * <p>However many requests ask at once, one of them reads and the others wait for it without a connection. A read
 * that fails is not kept, nor is the absence of a subject, so asking for subjects that do not exist fills nothing.
 */
@Singleton
class Catalogue {

    /** One answer per subject and two for all; the subjects themselves are at most 1,000. */
    private static final int MOST_ANSWERS = 1_002;

    private final CatalogueQueries queries;
    private final ObjectMapper json;
    private final AsyncCache<Part, @Nullable TaggedJson> answers;

    Catalogue(CatalogueQueries queries, ObjectMapper json, InstantSource clock, CatalogueConfig config) {
        this.queries = queries;
        this.json = json;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST_ANSWERS)
                .expireAfterWrite(config.ttl())
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                // The cache's own upkeep is short; a hand-over to another thread would make it later, not cheaper.
                .executor(Runnable::run)
                .buildAsync();
    }

    private sealed interface Part {
        record Subjects() implements Part {}

        record Topics(int subjectId) implements Part {}

        record Tags() implements Part {}
    }

    /** All subjects. */
    Uni<TaggedJson> subjects() {
        return kept(new Part.Subjects(), () -> queries.subjects().map(Subject.All::new))
                .map(Optional::orElseThrow);
    }

    /** The topics of a subject; empty if there is no such subject. */
    Uni<Optional<TaggedJson>> topics(int subjectId) {
        return kept(
                new Part.Topics(subjectId),
                () -> queries.topics(subjectId)
                        .map(found -> found.map(topics -> new Topic.OfSubject(subjectId, topics))
                                .orElse(null)));
    }

    /** All tags. */
    Uni<TaggedJson> tags() {
        return kept(new Part.Tags(), () -> queries.tags().map(Tag.All::new)).map(Optional::orElseThrow);
    }

    /**
     * Drops what a subject's statistics are shown in. A read that is under way is dropped too: it may have begun
     * before the change.
     */
    void drop(int subjectId) {
        var kept = answers.synchronous();
        kept.invalidate(new Part.Subjects());
        kept.invalidate(new Part.Topics(subjectId));
        // A tag cuts across subjects, so any of them may have changed.
        kept.invalidate(new Part.Tags());
    }

    /** A future and not the reading itself is shared, so that a client that hangs up ends nobody else's request. */
    private <T> Uni<Optional<TaggedJson>> kept(Part part, Supplier<Uni<@Nullable T>> read) {
        return Uni.createFrom()
                .completionStage(() -> answers.get(
                        part,
                        (missing, executor) -> read.get()
                                .map(value -> value == null ? null : TaggedJson.of(json, value))
                                .subscribeAsCompletionStage()))
                .map(Optional::ofNullable);
    }
}
