package dev.tidegate.api.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.idempotency.Answer;
import dev.tidegate.api.idempotency.IdempotentWrites;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Receives a file, enters it in the books and hands it to the runner. */
@Singleton
class ImportStarts {

    /** A file takes seconds to a minute. */
    private static final Duration LATER = Duration.ofSeconds(10);

    private final ImportRunner runner;
    private final ImportFiles files;
    private final IdempotentWrites writes;
    private final ObjectMapper json;
    private final InstantSource clock;

    ImportStarts(
            ImportRunner runner, ImportFiles files, IdempotentWrites writes, ObjectMapper json, InstantSource clock) {
        this.runner = runner;
        this.files = files;
        this.writes = writes;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What a file is; together with the file's digest it is what an idempotency key stands for.
     *
     * @param deck the editor's own deck that cards go to; null for content that all learners share
     */
    record Order(
            Kind kind,
            Format format,
            Defaults defaults,
            @Nullable Long deck) {}

    private record Fingerprint(Order order, String sha256) {}

    /**
     * Starts an import.
     *
     * @throws Problem 503 if too many files are held; then nothing of the body has been read
     */
    Response start(Learner editor, @Nullable String key, Order order, InputStream body) throws IOException {
        if (!runner.takePlace()) {
            throw Problem.importsBusy(LATER);
        }
        ImportFiles.@Nullable Received file = null;
        boolean handedOver = false;
        try {
            file = files.receive(body);
            var queued = new AtomicReference<ContentImport>();
            Response answer = enter(editor, key, order, file, queued);
            // A repetition with the same key is answered from the books, and its file is not needed.
            ContentImport made = queued.get();
            if (made != null) {
                runner.enqueue(new Upload(
                        made.id(), file.path(), editor, order.kind(), order.format(), order.defaults(), order.deck()));
                handedOver = true;
            }
            return answer;
        } finally {
            if (!handedOver) {
                if (file != null) {
                    files.remove(file.path());
                }
                runner.givePlaceBack();
            }
        }
    }

    private Response enter(
            Learner editor,
            @Nullable String key,
            Order order,
            ImportFiles.Received file,
            AtomicReference<ContentImport> queued) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> writes.run(
                    editor,
                    key,
                    "POST " + ImportFiles.PATH,
                    new Fingerprint(order, file.sha256()),
                    sql -> new ImportJobs(sql, json)
                            .queue(editor, order.kind(), order.format(), file.bytes(), runner.holder(), clock.instant())
                            .map(made -> made.orElseThrow(() -> Problem.notFound("The user")))
                            .invoke(queued::set)
                            .map(made -> new Answer(202, made, ImportFiles.PATH + "/" + made.id()))));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
