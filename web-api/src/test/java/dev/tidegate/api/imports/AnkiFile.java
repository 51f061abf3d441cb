package dev.tidegate.api.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packages as Anki exports them. */
final class AnkiFile {

    private AnkiFile() {}

    /** A package with a collection of notes, each given by its fields. */
    static byte[] of(String name, List<List<String>> notes) {
        return zip(name, collection("create table notes (id integer primary key, flds text not null)", notes));
    }

    static byte[] collection(String schema, List<List<String>> notes) {
        try {
            Path file = Files.createTempFile("collection", ".anki2");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute(schema);
                connection.setAutoCommit(false);
                try (PreparedStatement insert = connection.prepareStatement("insert into notes (flds) values (?)")) {
                    for (List<String> fields : notes) {
                        insert.setString(1, String.join("\u001f", fields));
                        insert.execute();
                    }
                }
                connection.commit();
            }
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] zip(String name, byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("media"));
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
