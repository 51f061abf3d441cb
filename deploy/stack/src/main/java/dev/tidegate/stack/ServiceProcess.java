package dev.tidegate.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One replica of a service: its packaged jar in a JVM of its own. It can be started again after it has ended. */
public final class ServiceProcess {

    private static final int HEAP_MIB = 256;
    private static final Duration READY_BOUND = Duration.ofMinutes(2);
    private static final Duration STOP_BOUND = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final int LOG_LINES = 15;

    private final Service service;
    private final int port;
    private final Path jar;
    private final Path workingDirectory;
    private final Path log;
    private final Map<String, String> environment;
    private final Children children;

    private @Nullable ManagedProcess process;

    ServiceProcess(
            Service service,
            int port,
            Path jar,
            Path workingDirectory,
            Path log,
            Map<String, String> environment,
            Children children) {
        this.service = service;
        this.port = port;
        this.jar = jar;
        this.workingDirectory = workingDirectory;
        this.log = log;
        this.environment = environment;
        this.children = children;
    }

    public Service service() {
        return service;
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What it writes to stdout and stderr, appended over restarts. */
    public Path log() {
        return log;
    }

    /**
     * Starts it and returns when it is ready.
     *
     * @throws StackException if it is running already, ends while starting, or is not ready within 120 s; the
     *     message holds the last lines of its log
     */
    public void start() {
        launch();
        awaitReady();
    }

    /**
     * Starts it and returns at once.
     *
     * @throws StackException if it is running already or was not packaged
     */
    public synchronized void launch() {
        if (process != null && process.isRunning()) {
            throw new StackException(name() + " is already running");
        }
        requirePackaged();
        ProcessBuilder builder = ChildJvm.of(HEAP_MIB, List.of("-jar", jar.toString()));
        // Quarkus reads .env and config/ of the working directory: neither belongs to this stack.
        builder.directory(workingDirectory.toFile());
        process = children.launch(name(), ChildJvm.withEnvironment(builder, environment), log);
    }

    /**
     * Returns when {@code /q/health/ready} answers 200.
     *
     * @throws StackException as {@link #start}
     */
    public void awaitReady() {
        ManagedProcess starting = running();
        long deadline = System.nanoTime() + READY_BOUND.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build()) {
            while (!answersReady(client)) {
                if (!starting.isRunning()) {
                    throw new StackException(
                            starting.obituary() + "; its last lines:\n" + starting.lastLogLines(LOG_LINES));
                }
                if (System.nanoTime() > deadline) {
                    throw new StackException("%s is not ready after %d s; the last lines of %s:\n%s"
                            .formatted(name(), READY_BOUND.toSeconds(), log, starting.lastLogLines(LOG_LINES)));
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            throw Signals.interrupted(e);
        }
    }

    /** SIGTERM and up to 30 s for requests in flight, then SIGKILL. Does nothing if it is not running. */
    public synchronized void terminate() {
        if (process != null) {
            process.terminate(STOP_BOUND);
        }
    }

    /** SIGKILL. */
    public void kill() {
        running().kill();
    }

    /** Freezes it: connections stay open and nothing answers until {@link #resume}. */
    public void pause() {
        running().pause();
    }

    /** Ends {@link #pause}. */
    public void resume() {
        running().resume();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isRunning();
    }

    /** Its process id, for measurements. */
    public long pid() {
        return running().pid();
    }

    /** The exit status if it ends by itself within the bound; for start-ups that must be refused. */
    public OptionalInt awaitExit(Duration bound) {
        return running().awaitExit(bound);
    }

    void requirePackaged() {
        if (!Files.exists(jar)) {
            throw new StackException(jar + " is missing; build it with ./mvnw package");
        }
    }

    private synchronized ManagedProcess running() {
        if (process == null) {
            throw new StackException(name() + " was not started");
        }
        return process;
    }

    private String name() {
        return service.label() + ":" + port;
    }

    private boolean answersReady(HttpClient client) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(baseUri().resolve("/q/health/ready"))
                .timeout(REQUEST_TIMEOUT)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
