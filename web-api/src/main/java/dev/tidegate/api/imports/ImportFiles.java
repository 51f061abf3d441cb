package dev.tidegate.api.imports;

import dev.tidegate.api.problem.LongBodies;
import dev.tidegate.api.problem.Problem;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jboss.logging.Logger;

/** Files on their way: received piece by piece, kept on disk, removed after the import. */
@Singleton
class ImportFiles implements LongBodies {

    static final String PATH = "/v1/content/imports";

    private static final Logger LOG = Logger.getLogger(ImportFiles.class);
    private static final long MIB = 1024L * 1024;
    private static final int BUFFER = 64 * 1024;
    private static final String PREFIX = "tidegate-import-";
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    private final long largest;
    private final InstantSource clock;

    /**
     * A received file.
     *
     * @param sha256 in hexadecimal digits
     */
    record Received(Path path, long bytes, String sha256) {}

    ImportFiles(ImportConfig config, InstantSource clock) {
        this.largest = config.largestMib() * MIB;
        this.clock = clock;
    }

    @Override
    public boolean cover(HttpServerRequest request) {
        return request.method() == HttpMethod.POST && PATH.equals(request.path());
    }

    @Override
    public long largest() {
        return largest;
    }

    /** A killed process leaves its files; a day later nobody can be using them. */
    void removeForgotten(@Observes StartupEvent started) {
        Instant before = clock.instant().minus(FORGOTTEN);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    remove(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("files of earlier imports stay", e);
        }
    }

    /**
     * Reads a body to its end.
     *
     * @throws Problem 413 if it is too long, 400 if it is empty
     */
    Received receive(InputStream body) throws IOException {
        Path file = Files.createTempFile(folder, PREFIX, ".upload");
        boolean complete = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            MessageDigest digest = sha256();
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
                if (bytes > largest) {
                    throw Problem.contentTooLarge();
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
            if (bytes == 0) {
                throw Problem.invalid("body", "is empty");
            }
            complete = true;
            return new Received(file, bytes, HexFormat.of().formatHex(digest.digest()));
        } finally {
            if (!complete) {
                remove(file);
            }
        }
    }

    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf(e, "%s stays", file);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
