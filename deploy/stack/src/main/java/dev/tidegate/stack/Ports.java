package dev.tidegate.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each part listens, on the loopback interface only. */
public record Ports(
        int webApi, int planWorker, int statsRefresher, int postgres, int kafka, int kafkaController, int pooler) {

    /** The lowest base: ports below 1024 need privileges. */
    public static final int LOWEST_BASE = 1024;

    /** The highest base that leaves room for all parts below 65536. */
    public static final int HIGHEST_BASE = 65_529;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int CONNECT_MILLIS = 500;
    private static final int LOG_LINES = 10;

    /**
     * Seven consecutive ports.
     *
     * @param base the port of web-api, {@value #LOWEST_BASE} to {@value #HIGHEST_BASE}
     * @throws IllegalArgumentException if the base is out of range
     */
    public static Ports from(int base) {
        if (base < LOWEST_BASE || base > HIGHEST_BASE) {
            throw new IllegalArgumentException(
                    "port base %d is outside %d..%d".formatted(base, LOWEST_BASE, HIGHEST_BASE));
        }
        return new Ports(base, base + 1, base + 2, base + 3, base + 4, base + 5, base + 6);
    }

    /** Seven ports that nobody uses at the moment; for tests that run beside other stacks. */
    public static Ports anyFree() {
        List<Integer> free = free(7);
        return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5), free.get(6));
    }

    static int oneFree() {
        return free(1).getFirst();
    }

    /**
     * Finds out before anything is started whether all ports can be had, but for the pooler's, which few stacks need.
     *
     * @throws StackException naming the first port that is taken and what it was for
     */
    void requireFree() {
        byPart().forEach((part, port) -> requireFree(port, part));
    }

    /**
     * The same for one port.
     *
     * @throws StackException if the port is taken
     */
    static void requireFree(int port, String part) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StackException(
                    "port %d, needed for %s, is in use; stop what listens there or choose another --port-base"
                            .formatted(port, part),
                    e);
        }
    }

    /**
     * Returns when a part listens.
     *
     * @throws StackException if the process ends before, or the bound passes
     */
    static void awaitListener(int port, Duration bound, ManagedProcess starting) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!isListening(port)) {
            if (!starting.isRunning()) {
                throw new StackException(starting.obituary() + "\n" + starting.lastLogLines(LOG_LINES));
            }
            if (System.nanoTime() > deadline) {
                throw new StackException("%s does not listen on port %d after %d s; its log is %s"
                        .formatted(starting.name(), port, bound.toSeconds(), starting.log()));
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                throw Signals.interrupted(e);
            }
        }
    }

    private static boolean isListening(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int of(Service service) {
        return switch (service) {
            case WEB_API -> webApi;
            case PLAN_WORKER -> planWorker;
            case STATS_REFRESHER -> statsRefresher;
        };
    }

    private Map<String, Integer> byPart() {
        var ports = new LinkedHashMap<String, Integer>();
        for (Service service : Service.values()) {
            ports.put(service.label(), of(service));
        }
        ports.put("PostgreSQL", postgres);
        ports.put("Kafka", kafka);
        ports.put("Kafka's controller", kafkaController);
        return ports;
    }

    /** All are held open until the last is found, so that they differ. */
    private static List<Integer> free(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        } finally {
            sockets.forEach(Ports::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
