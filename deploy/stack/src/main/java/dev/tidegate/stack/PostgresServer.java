package dev.tidegate.stack;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL server of a data folder: durable, on the loopback interface, and with password
 * authentication (SCRAM) from its first start on.
 *
 * <p>It is a process of its own, in its own session, which outlives this JVM if that is killed; the next start
 * on the same folder stops it first.
 */
public final class PostgresServer {

    /** The database that holds Tidegate's schema. */
    public static final String DATABASE = "tidegate";

    static final String NAME = "PostgreSQL";
    static final String STANDBY = "PostgreSQL standby";

    private static final int WAL_FOR_STANDBY_MIB = 512;
    private static final Duration START_BOUND = Duration.ofSeconds(60);
    private static final Duration STOP_BOUND = Duration.ofSeconds(30);

    private final String name;
    private final Path data;
    private final Path initialised;
    private final Path log;
    private final int port;
    private final Secrets secrets;
    private final Map<String, String> configuration;
    private final Children children;

    private @Nullable EmbeddedPostgres embedded;
    private @Nullable ManagedProcess process;

    PostgresServer(
            DataFolder folder,
            int port,
            Secrets secrets,
            ConnectionBudget budget,
            PostgresMemory memory,
            Children children) {
        this(NAME, folder, folder.postgres(), port, secrets, configuration(budget, memory), children);
    }

    private PostgresServer(
            String name,
            DataFolder folder,
            Path data,
            int port,
            Secrets secrets,
            Map<String, String> configuration,
            Children children) {
        this.name = name;
        this.data = data;
        this.initialised = data.resolveSibling(data.getFileName() + ".initialised");
        this.log = folder.log(name.toLowerCase(Locale.ROOT).replace(' ', '-'));
        this.port = port;
        this.secrets = secrets;
        this.configuration = configuration;
        this.children = children;
    }

    /** A server with the same settings and passwords on another port; its data is still to be made. */
    PostgresServer standby(DataFolder folder, int port) {
        return new PostgresServer(STANDBY, folder, folder.postgresStandby(), port, secrets, configuration, children);
    }

    /** The folder of its cluster. */
    Path data() {
        return data;
    }

    /** Says that the cluster in {@link #data} is complete, though this server has not made it. */
    void adoptData() {
        try {
            Files.writeString(initialised, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Connections of a role to {@value #DATABASE}, unpooled. */
    public DataSource dataSource(DatabaseRole role) {
        return dataSource(role.roleName(), secrets.password(role), DATABASE);
    }

    /** The same through a pooler on another port. */
    DataSource dataSource(DatabaseRole role, int poolersPort) {
        PGSimpleDataSource dataSource = dataSource(role.roleName(), secrets.password(role), DATABASE);
        dataSource.setPortNumbers(new int[] {poolersPort});
        dataSource.setPrepareThreshold(0);
        return dataSource;
    }

    /** Connections of the superuser to {@value #DATABASE}, unpooled; for measurements and arranging tests. */
    public DataSource superuser() {
        return superuser(DATABASE);
    }

    DataSource superuser(String database) {
        return dataSource(Secrets.SUPERUSER, secrets.superuserPassword(), database);
    }

    /**
     * Starts the server and returns when it answers. The first start makes the database cluster.
     *
     * @throws StackException if it is running, does not answer within 60 s, or the system user may not run it
     */
    public synchronized void start() {
        if (process != null && process.isRunning()) {
            throw new StackException(name + " is already running");
        }
        children.requireOpen();
        discardHalfMadeCluster();
        SystemUser.requireAbleToRunPostgres();
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(START_BOUND)
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    // These three follow initdb's "-A trust" on its command line and so replace it.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", secrets.superuserPasswordFile().toString())
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setLocaleConfig("locale", "C")
                    .setConnectConfig("password", secrets.superuserPassword());
            configuration.forEach(builder::setServerConfig);
            embedded = builder.start();
            process = postmaster()
                    .map(handle -> children.adopt(name, handle, log))
                    .orElseThrow(() -> new StackException(name + " has left no " + data.resolve("postmaster.pid")));
            Files.writeString(initialised, "");
        } catch (IOException | IllegalStateException e) {
            throw new StackException(name + " did not start; see " + log, e);
        }
    }

    /** Stops the server with a checkpoint, clients or not; returns when it is gone, after 45 s by force. */
    public synchronized void stop() {
        if (process != null) {
            process.expectEnd();
        }
        release();
        // What pg_ctl does not end within its 5 s, or did not start for us at all.
        postmaster().ifPresent(handle -> new ManagedProcess(name, handle, null, log).end("INT", STOP_BOUND));
    }

    /** {@link #stop}, then {@link #start}. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** SIGKILL for the server and all its backends, as a crash of the machine would; {@link #start} recovers. */
    public synchronized void kill() {
        running().kill();
        release();
    }

    /** Freezes the server and its backends: connections stay open and nothing answers until {@link #resume}. */
    public void pause() {
        running().pause();
    }

    /** Ends {@link #pause}. */
    public void resume() {
        running().resume();
    }

    /** Stops the server of the data folder if a killed run has left it, whatever the record of children says. */
    static void stopLeftover(DataFolder folder, Consumer<String> progress) {
        stopLeftover(NAME, folder.postgres(), folder, progress);
        stopLeftover(STANDBY, folder.postgresStandby(), folder, progress);
    }

    private static void stopLeftover(String name, Path data, DataFolder folder, Consumer<String> progress) {
        PostmasterPid.find(data).ifPresent(handle -> {
            progress.accept(
                    "Stopping %s (process %d), left over by a run that was killed".formatted(name, handle.pid()));
            new ManagedProcess(name, handle, null, folder.log("postgresql")).end("INT", STOP_BOUND);
        });
    }

    private ManagedProcess running() {
        if (process == null) {
            throw new StackException(name + " is not running");
        }
        return process;
    }

    private Optional<ProcessHandle> postmaster() {
        return PostmasterPid.find(data);
    }

    /** An initdb that was interrupted leaves a folder that neither starts nor can be initialised again. */
    private void discardHalfMadeCluster() {
        if (Files.exists(data) && !Files.exists(initialised)) {
            DataFolder.deleteRecursively(data);
        }
    }

    /** Lets go of the lock that the library holds in the data directory for this JVM. */
    private void release() {
        EmbeddedPostgres held = embedded;
        embedded = null;
        process = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PGSimpleDataSource dataSource(String user, String password, String database) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        dataSource.setApplicationName("tidegate-stack");
        return dataSource;
    }

    /** Passed through a shell by pg_ctl, hence the quotes. */
    private static Map<String, String> configuration(ConnectionBudget budget, PostgresMemory memory) {
        return Map.ofEntries(
                // The library starts servers for tests: its defaults are off, off and 300.
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("max_connections", Integer.toString(budget.maxConnections())),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", "''"),
                Map.entry("password_encryption", "scram-sha-256"),
                Map.entry("shared_preload_libraries", "pg_stat_statements"),
                Map.entry("shared_buffers", memory.sharedBuffersMiB() + "MB"),
                Map.entry("max_wal_size", memory.maxWalSizeMiB() + "MB"),
                // For a standby that is copied or was away for a while.
                Map.entry("wal_keep_size", WAL_FOR_STANDBY_MIB + "MB"),
                Map.entry("track_io_timing", "on"),
                Map.entry("log_lock_waits", "on"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("log_line_prefix", "'%m [%p] role=%u db=%d app=%a state=%e '"));
    }
}
