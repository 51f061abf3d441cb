package dev.tidegate.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything a stack keeps: data, secrets, logs. One stack at a time, by a file lock
 * that the operating system drops when its holder dies; and only a folder with our marker is ever deleted from.
 */
final class DataFolder implements AutoCloseable {

    static final String MARKER = "TIDEGATE-DATA";

    private static final String LOCK = "lock";

    private final Path root;
    private final FileChannel channel;

    private DataFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Creates the folder if need be and locks it.
     *
     * @throws StackException if it holds somebody else's files or another stack uses it
     */
    static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            if (Files.exists(root) && !Files.exists(root.resolve(MARKER)) && !isEmpty(root)) {
                throw new StackException(root + " holds files that are not Tidegate's; choose another --data folder");
            }
            Files.createDirectories(root);
            Files.writeString(root.resolve(MARKER), "Data of ./deploy/up; --fresh deletes this folder's content.\n");
            DataFolder opened = new DataFolder(root, lock(root));
            Files.createDirectories(root.resolve("logs"));
            return opened;
        } catch (IOException e) {
            throw new StackException(root + " cannot be used as data folder: " + e.getMessage(), e);
        }
    }

    /** Deletes all content; the folder stays marked and locked. */
    void clear() {
        try (Stream<Path> content = Files.list(root)) {
            for (Path path : content.toList()) {
                if (!List.of(MARKER, LOCK).contains(path.getFileName().toString())) {
                    deleteRecursively(path);
                }
            }
            Files.createDirectories(root.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(root + " cannot be cleared", e);
        }
    }

    /** Bytes that the file system still has for us. */
    long usableBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path postgresStandby() {
        return root.resolve("postgres-standby");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path pooler() {
        return root.resolve("pooler");
    }

    Path secrets() {
        return root.resolve("secrets");
    }

    Path children() {
        return root.resolve("children");
    }

    Path sampleData() {
        return root.resolve("sample-data.properties");
    }

    Path learnerToken() {
        return root.resolve("secrets").resolve("learner.jwt");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** Lets another stack use the folder. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteRecursivelyIfPresent(Path path) {
        if (Files.exists(path)) {
            deleteRecursively(path);
        }
    }

    static void deleteRecursively(Path path) {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be deleted", e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This JVM holds it: as much in use as by another process.
        }
        if (lock == null) {
            channel.close();
            throw new StackException(root + " is in use by another running stack; stop that or choose another --data");
        }
        return channel;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }
}
