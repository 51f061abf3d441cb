package dev.tidegate.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * A streaming replica of the stack's server: the same data folder, copied while the primary runs (PostgreSQL manual,
 * "Making a Base Backup Using the Low Level API"), and a connection by which the primary sends what it writes.
 */
public final class Standby {

    /** Content that belongs to the running primary, or that replay makes anew. */
    private static final Set<String> EMPTY_FOLDERS = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    private final PostgresServer primary;
    private final PostgresServer server;
    private final Secrets secrets;

    Standby(PostgresServer primary, PostgresServer server, Secrets secrets) {
        this.primary = primary;
        this.server = server;
        this.secrets = secrets;
    }

    /** The replica as a server that can be killed, paused and started again. */
    public PostgresServer server() {
        return server;
    }

    /**
     * Copies the running primary, in place of what the folder held, and starts the copy.
     *
     * @throws StackException if the copy cannot be made or started
     */
    public void create() {
        DataFolder.deleteRecursivelyIfPresent(server.data());
        try (Connection connection = primary.superuser("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            createReplicator(connection, statement);
            statement.execute("select pg_backup_start('standby', true)");
            copy(primary.data(), server.data());
            try (ResultSet backup = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                backup.next();
                Files.writeString(server.data().resolve("backup_label"), backup.getString(1));
            }
            Files.writeString(server.data().resolve("standby.signal"), "");
            Files.writeString(
                    server.data().resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'%n"
                            .formatted(primary.port(), Secrets.REPLICATOR, secrets.replicatorPassword()),
                    StandardOpenOption.APPEND);
        } catch (SQLException | IOException e) {
            throw new StackException("the primary could not be copied: " + e.getMessage(), e);
        }
        server.adoptData();
        server.start();
    }

    private void createReplicator(Connection connection, Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select from pg_roles where rolname = 'replicator'")) {
            if (found.next()) {
                return;
            }
        }
        statement.execute("create role replicator login replication");
        connection
                .unwrap(PGConnection.class)
                .alterUserPassword(
                        Secrets.REPLICATOR, secrets.replicatorPassword().toCharArray(), "scram-sha-256");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                boolean wanted = !NOT_COPIED.contains(relative.toString())
                        && !EMPTY_FOLDERS.contains(relative.getName(0).toString());
                if (wanted && attributes.isRegularFile()) {
                    copyFile(file, to.resolve(relative));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return goneMeanwhile(failure);
            }
        });
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            goneMeanwhile(e);
        }
    }

    /** The primary removes files while it is copied; the log that is replayed knows that. */
    private static FileVisitResult goneMeanwhile(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
