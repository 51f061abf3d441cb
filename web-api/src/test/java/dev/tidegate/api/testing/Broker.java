package dev.tidegate.api.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker in a JVM of its own: its class path is the tests', its classes never meet the application's.
 */
final class Broker {

    private static final String CLUSTER = "dGlkZWdhdGUtdGVzdC0xMQ";

    private @Nullable Process process;

    /** Starts it with the topics of deploy/contracts/topics.properties; returns its bootstrap servers. */
    String start() {
        try {
            Path folder = Files.createTempDirectory("broker");
            int port = freePort();
            int controllerPort = freePort();
            Path settings = Files.writeString(
                    folder.resolve("server.properties"), """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                    controller.listener.names=CONTROLLER
                    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                    log.dirs=%3$s
                    auto.create.topics.enable=false
                    offsets.topic.replication.factor=1
                    offsets.topic.num.partitions=1
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    group.initial.rebalance.delay.ms=0
                    """.formatted(port, controllerPort, folder.resolve("data")));
            Process format =
                    java(folder, "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings.toString());
            if (format.waitFor() != 0) {
                throw new IllegalStateException("the broker's storage was not formatted; see " + folder);
            }
            process = java(folder, "kafka.Kafka", settings.toString());
            String bootstrapServers = "127.0.0.1:" + port;
            createTopics(bootstrapServers, folder);
            return bootstrapServers;
        } catch (IOException e) {
            throw new UncheckedIOException("the broker did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
    }

    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** An address at which connections are refused. */
    static String nobodyListensHere() {
        try {
            return "127.0.0.1:" + freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createTopics(String bootstrapServers, Path folder) throws InterruptedException, IOException {
        var partitions = new Properties();
        try (InputStream in = Broker.class.getResourceAsStream("/contracts/topics.properties")) {
            partitions.load(in);
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "default.api.timeout.ms", 120_000);
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(partitions.stringPropertyNames().stream()
                            .map(topic ->
                                    new NewTopic(topic, Integer.parseInt(partitions.getProperty(topic)), (short) 1))
                            .toList())
                    .all()
                    .get(120, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker does not answer; see " + folder, e);
        }
    }

    private static Process java(Path folder, String mainClass, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                mainClass));
        Collections.addAll(command, arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
