package dev.tidegate.stack;

import dev.tidegate.sql.budget.DatabaseRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The database passwords of this data folder: made at first use, kept in one file each. */
final class Secrets {

    static final String SUPERUSER = "postgres";
    static final String REPLICATOR = "replicator";

    /** 192 random bits, far beyond guessing, in 32 characters that need no quoting anywhere. */
    private static final int RANDOM_BYTES = 24;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    Secrets(Path folder) {
        this.folder = folder;
    }

    String password(DatabaseRole role) {
        return password(role.roleName());
    }

    String superuserPassword() {
        return password(SUPERUSER);
    }

    String replicatorPassword() {
        return password(REPLICATOR);
    }

    /** For {@code initdb}, which reads the first password from a file and so keeps it out of the process list. */
    Path superuserPasswordFile() {
        superuserPassword();
        return folder.resolve(SUPERUSER);
    }

    private synchronized String password(String role) {
        Path file = folder.resolve(role);
        if (!Files.exists(file)) {
            OwnerOnlyFile.write(file, generate());
        }
        return OwnerOnlyFile.read(file);
    }

    private String generate() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
