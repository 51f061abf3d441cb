package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.DatabaseRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path folder;

    @Test
    void eachRoleHasItsOwnPasswordAndKeepsIt() {
        var secrets = new Secrets(folder.resolve("secrets"));

        assertThat(Arrays.stream(DatabaseRole.values()).map(secrets::password)).doesNotHaveDuplicates();
        assertThat(new Secrets(folder.resolve("secrets")).password(DatabaseRole.WEB_API))
                .isEqualTo(secrets.password(DatabaseRole.WEB_API))
                .hasSize(32);
    }

    @Test
    void onlyTheOwnerMayReadThem() throws IOException {
        Path file = new Secrets(folder.resolve("secrets")).superuserPasswordFile();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                .isEqualTo("rwx------");
    }
}
