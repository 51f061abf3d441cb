package dev.tidegate.api.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.announcement.Announcements;
import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.pool.JdbcPool;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Works through the files that this replica holds, one after the other, on a thread and a connection of its own, so that
 * requests notice nothing. The connection is closed after each: another replica may be waiting for it.
 */
@Singleton
class ImportRunner {

    private static final Logger LOG = Logger.getLogger(ImportRunner.class);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final Duration TURN = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(8);

    private final String holder = UUID.randomUUID().toString();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().name("import").daemon().unstarted(work));
    private final Set<Long> held = ConcurrentHashMap.newKeySet();
    private final AgroalDataSource pool;
    private final JdbcSql sql;
    private final ImportJobs jobs;
    private final ImportFiles files;
    private final Semaphore places;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Announcements announcements;
    private volatile boolean stopping;

    ImportRunner(
            AgroalDataSource pool,
            JdbcPool bounded,
            ReactiveSql reactive,
            ObjectMapper json,
            ImportFiles files,
            ImportConfig config,
            InstantSource clock,
            MeterRegistry meters,
            Announcements announcements) {
        this.pool = pool;
        this.sql = new JdbcSql(bounded, meters);
        this.jobs = new ImportJobs(reactive, json);
        this.files = files;
        this.places = new Semaphore(config.held());
        this.clock = clock;
        this.meters = meters;
        this.announcements = announcements;
    }

    /** The name of this replica in the books. */
    String holder() {
        return holder;
    }

    /** Takes a place for a file before it is received; false if there is none. */
    boolean takePlace() {
        return !stopping && places.tryAcquire();
    }

    /** Gives back the place of a file that will not be imported. */
    void givePlaceBack() {
        places.release();
    }

    /** Imports a file that has a place, is in the books and is removed afterwards. */
    void enqueue(Upload upload) {
        held.add(upload.id());
        thread.execute(() -> {
            try {
                work(upload);
            } finally {
                held.remove(upload.id());
                files.remove(upload.file());
                places.release();
            }
        });
    }

    private void work(Upload upload) {
        try {
            awaitTurn(upload);
            var progress = new ReportedProgress(
                    (entries, rows) -> await(jobs.progress(upload.id(), holder, entries, rows)), () -> stopping);
            ImportRun.Imported imported = new ImportRun(sql, upload, holder, progress).run(clock.instant());
            LOG.infof(
                    "import %d: %d %s",
                    upload.id(), imported.rows(), upload.kind().column());
            count("succeeded");
            announcements.announce(
                    imported.topics().stream().map(ContentChange::ofTopic).toList());
        } catch (ImportFailed e) {
            fail(upload, e);
        } catch (RuntimeException e) {
            fail(upload, new ImportFailed(Failure.INTERNAL).because(e));
        } finally {
            pool.flush(FlushMode.IDLE);
        }
    }

    private void awaitTurn(Upload upload) {
        while (!isTurn(upload)) {
            if (stopping) {
                throw new ImportFailed(Failure.INTERRUPTED);
            }
            try {
                Thread.sleep(TURN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ImportFailed(Failure.INTERRUPTED).because(e);
            }
        }
    }

    private boolean isTurn(Upload upload) {
        try {
            return !stopping && await(jobs.claim(upload.id(), holder, clock.instant()));
        } catch (SqlFailure e) {
            if (e.sqlState().equals(UNIQUE_VIOLATION) || e.isUnavailable() || e.isTimeout()) {
                return false;
            }
            throw e;
        }
    }

    private void fail(Upload upload, ImportFailed failed) {
        if (failed.failure() == Failure.FLAWS) {
            LOG.infof("import %d has flaws", upload.id());
        } else {
            LOG.warnf(
                    failed,
                    "import %d failed: %s",
                    upload.id(),
                    failed.failure().column());
        }
        count(failed.failure().column());
        try {
            await(jobs.fail(upload.id(), holder, failed, clock.instant()));
        } catch (RuntimeException e) {
            // Its lease ends and somebody says so then.
            LOG.warnf(e, "the end of import %d could not be noted", upload.id());
        }
    }

    private void count(String outcome) {
        meters.counter("tidegate.imports", "outcome", outcome).increment();
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> keepBooks() {
        long[] ids = held.stream().mapToLong(Long::longValue).toArray();
        return jobs.renew(ids, holder)
                .flatMap(renewed -> jobs.giveUp(clock.instant()))
                .invoke(abandoned -> {
                    if (abandoned > 0) {
                        LOG.warnf("%d imports were given up: their replica is gone", abandoned);
                    }
                })
                .replaceWithVoid();
    }

    /** Nothing half-written can stay, so a running import is ended, and those waiting are told. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        thread.shutdown();
        if (!thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("an import did not end in time; its transaction ends with the connection");
        }
    }

    private static <T> T await(Uni<T> statement) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> statement);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
