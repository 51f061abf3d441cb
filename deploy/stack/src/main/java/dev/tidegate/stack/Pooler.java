package dev.tidegate.stack;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pooler.PoolerConfiguration;
import dev.tidegate.sql.pooler.PoolerProfile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** PgBouncer in transaction mode between services and PostgreSQL, on the loopback interface, with its derived configuration. */
public final class Pooler {

    static final String NAME = "PgBouncer";

    /** For services that connect directly, whatever the user's own environment says. */
    static final Map<String, String> NO_ENVIRONMENT =
            Map.of("TIDEGATE_POOLER_URL", "", "TIDEGATE_POOLER_PREPARED_STATEMENTS", "");

    private static final Duration START_BOUND = Duration.ofSeconds(10);
    private static final Duration STOP_BOUND = Duration.ofSeconds(5);

    private final Path folder;
    private final Path log;
    private final Ports ports;
    private final PostgresServer postgres;
    private final PoolerConfiguration configuration;
    private final Children children;

    private @Nullable ManagedProcess process;

    Pooler(DataFolder folder, Ports ports, PostgresServer postgres, ConnectionBudget budget, Children children) {
        this.folder = folder.pooler();
        this.log = folder.log("pgbouncer");
        this.ports = ports;
        this.postgres = postgres;
        this.configuration = new PoolerConfiguration(budget);
        this.children = children;
    }

    /** Whether there is a PgBouncer on this machine. */
    public static boolean isInstalled() {
        return PgBouncer.find().isPresent();
    }

    /** What services are told: {@code postgresql://127.0.0.1:port/tidegate}. */
    public String url() {
        return "postgresql://127.0.0.1:%d/%s".formatted(ports.pooler(), PostgresServer.DATABASE);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return ports.pooler();
    }

    /** Connections of a role through it, one each time; for measurements and arranging tests. */
    public DataSource dataSource(DatabaseRole role) {
        return postgres.dataSource(role, ports.pooler());
    }

    /**
     * Variables with which a service goes through it.
     *
     * @throws StackException if it is not installed
     */
    public Map<String, String> environment() {
        return Map.of(
                "TIDEGATE_POOLER_URL",
                url(),
                "TIDEGATE_POOLER_PREPARED_STATEMENTS",
                Boolean.toString(keepsPreparedStatements()));
    }

    /**
     * Whether the installed version keeps prepared statements.
     *
     * @throws StackException if none is installed
     */
    public boolean keepsPreparedStatements() {
        return PgBouncer.require().profile() == PoolerProfile.PREPARED;
    }

    /**
     * Starts it and returns when it accepts connections. PostgreSQL must be running.
     *
     * @throws StackException if it is not installed, is running, or does not listen within 10 s
     */
    public synchronized void start() {
        if (process != null && process.isRunning()) {
            throw new StackException(NAME + " is already running");
        }
        PgBouncer installed = PgBouncer.require();
        SystemUser.requireAbleToRunPostgres();
        Ports.requireFree(ports.pooler(), NAME);
        writeFiles(installed.profile());
        // In a session of its own, because Ctrl-C reaches the whole foreground group and it would stop by itself.
        var command = new ArrayList<>(List.of("setsid"));
        command.addAll(SystemUser.unprivileged(List.of(installed.binary().toString(), site().toString())));
        ProcessBuilder builder = ChildJvm.withEnvironment(new ProcessBuilder(command), Map.of());
        builder.directory(folder.toFile());
        ManagedProcess starting = children.launch(NAME, builder, log);
        process = starting;
        Ports.awaitListener(ports.pooler(), START_BOUND, starting);
    }

    /** Cuts all clients off; by force after 5 s. */
    public synchronized void stop() {
        if (process != null) {
            // Other signals make newer versions wait for clients to leave by themselves.
            process.end("INT", STOP_BOUND);
        }
    }

    /** SIGKILL: clients find their connections gone, and so does the server. */
    public synchronized void kill() {
        if (process == null) {
            throw new StackException(NAME + " was not started");
        }
        process.kill();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isRunning();
    }

    private void writeFiles(PoolerProfile profile) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(profile.fileName()), configuration.text(profile));
            Files.writeString(site(), """
                    [databases]
                    %s = host=127.0.0.1 port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_file = %s
                    %%include %s
                    """.formatted(
                            PostgresServer.DATABASE,
                            ports.postgres(),
                            ports.pooler(),
                            users(),
                            folder.resolve(profile.fileName())));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written", e);
        }
        OwnerOnlyFile.write(users(), verifiers());
    }

    private static final Sql VERIFIERS = Sql.of("Pooler.verifiers", """
            select rolname::text as name, rolpassword as verifier
            from pg_authid
            where rolname = any ($1::text[])
            order by rolname
            """);

    /** The server's own verifiers: with others, what a client proves to the pooler would prove nothing to the server. */
    private String verifiers() {
        String[] roles =
                PoolerConfiguration.roles().stream().map(DatabaseRole::roleName).toArray(String[]::new);
        return new JdbcSql(postgres.superuser(), new SimpleMeterRegistry())
                        .list(
                                VERIFIERS,
                                row -> "\"%s\" \"%s\"\n"
                                        .formatted(row.get("name", String.class), row.get("verifier", String.class)),
                                (Object) roles)
                        .stream()
                        .collect(Collectors.joining());
    }

    private Path site() {
        return folder.resolve("pgbouncer.ini");
    }

    private Path users() {
        return folder.resolve("userlist.txt");
    }
}
