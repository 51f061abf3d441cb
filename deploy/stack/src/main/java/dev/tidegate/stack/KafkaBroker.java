package dev.tidegate.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** One Kafka node, broker and controller (KRaft) in a JVM of its own, on the loopback interface. */
public final class KafkaBroker {

    static final String NAME = "Kafka";

    private static final int HEAP_MIB = 384;
    private static final Duration START_BOUND = Duration.ofSeconds(60);
    private static final Duration STOP_BOUND = Duration.ofSeconds(20);

    private final Path folder;
    private final Path log;
    private final int port;
    private final int controllerPort;
    private final Children children;

    private @Nullable ManagedProcess process;

    KafkaBroker(DataFolder folder, int port, int controllerPort, Children children) {
        this.folder = folder.kafka();
        this.log = folder.log("kafka");
        this.port = port;
        this.controllerPort = controllerPort;
        this.children = children;
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** A client for tests and tools; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /**
     * Starts the broker, formatting its storage the first time, and returns when it serves clients and all topics
     * exist.
     *
     * @throws StackException if it is running, does not serve within 60 s, or a topic has other partitions
     */
    public void start() {
        launch();
        awaitReady();
    }

    /** Only the first half of {@link #start}, so that other parts can start meanwhile. */
    synchronized void launch() {
        if (process != null && process.isRunning()) {
            throw new StackException(NAME + " is already running");
        }
        Path configuration = writeConfiguration();
        if (!Files.exists(logDirectory().resolve("meta.properties"))) {
            format(configuration);
        }
        process = children.launch(NAME, broker("kafka.Kafka", configuration.toString()), log);
    }

    /** The other half of {@link #start}. */
    void awaitReady() {
        Ports.awaitListener(port, START_BOUND, running());
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get(START_BOUND.toSeconds(), TimeUnit.SECONDS);
            Topics.load().createMissing(admin);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException(NAME + " does not answer; its log is " + log, e);
        } catch (InterruptedException e) {
            throw Signals.interrupted(e);
        }
    }

    /** SIGTERM, which flushes and closes the logs; by force after 20 s. */
    public synchronized void stop() {
        if (process != null) {
            process.terminate(STOP_BOUND);
        }
    }

    /** {@link #stop}, then {@link #start}. */
    public void restart() {
        stop();
        start();
    }

    /** SIGKILL; {@link #start} recovers the logs. */
    public void kill() {
        running().kill();
    }

    /** Freezes the broker: connections stay open and nothing answers until {@link #resume}. */
    public void pause() {
        running().pause();
    }

    /** Ends {@link #pause}. */
    public void resume() {
        running().resume();
    }

    private synchronized ManagedProcess running() {
        if (process == null) {
            throw new StackException(NAME + " is not running");
        }
        return process;
    }

    private void format(Path configuration) {
        ManagedProcess formatting = children.launch(
                "Kafka's storage tool",
                broker(
                        "kafka.tools.StorageTool",
                        "format",
                        "--cluster-id",
                        Uuid.randomUuid().toString(),
                        "--config",
                        configuration.toString()),
                log);
        OptionalInt status = formatting.awaitExit(START_BOUND);
        if (status.orElse(1) != 0) {
            formatting.kill();
            throw new StackException(formatting.obituary() + "\n" + formatting.lastLogLines(10));
        }
    }

    private ProcessBuilder broker(String mainClass, String... arguments) {
        var command = new ArrayList<>(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        return ChildJvm.withEnvironment(ChildJvm.of(HEAP_MIB, command), Map.of());
    }

    private Path logDirectory() {
        return folder.resolve("data");
    }

    private Path writeConfiguration() {
        Path file = folder.resolve("server.properties");
        try {
            Files.createDirectories(folder);
            return Files.writeString(file, configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** One voter named here and not recorded in the log, so that the ports may change between starts. */
    private String configuration() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                # One node: internal topics cannot have more replicas.
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=10
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                # A learner waits for the first consumer; long enough for replicas that start together.
                group.initial.rebalance.delay.ms=200
                """.formatted(port, controllerPort, logDirectory());
    }
}
