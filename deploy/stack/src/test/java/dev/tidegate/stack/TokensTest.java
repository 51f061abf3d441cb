package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void tokenCarriesTheClaimsThatTheServicesRead() {
        String token = tokens().issue(17, 4, Set.of("learner"), Duration.ofHours(12));

        assertThat(part(token, 0)).contains("\"alg\":\"RS256\"");
        assertThat(part(token, 1))
                .contains("\"sub\":\"17\"", "\"tenant\":4", "\"groups\":[\"learner\"]", "\"aud\":\"tidegate\"")
                .contains("\"iss\":\"https://tidegate.local\"")
                .contains("\"iat\":" + NOW.getEpochSecond())
                .contains("\"exp\":" + NOW.plus(Duration.ofHours(12)).getEpochSecond());
    }

    @Test
    void publicKeyFileVerifiesTokensOfEveryStart() throws IOException, GeneralSecurityException {
        String first = tokens().issue(1, 1, Set.of("learner"), Duration.ofHours(1));
        Path publicKey = tokens().publicKey();

        assertThat(isSignedBy(publicKey, first)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("jwt-private.pem"))))
                .isEqualTo("rw-------");
    }

    private Tokens tokens() {
        return new Tokens(folder, InstantSource.fixed(NOW));
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8);
    }

    private static boolean isSignedBy(Path pem, String token) throws IOException, GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(Files.readString(pem).replaceAll("-----[A-Z ]+-----", ""));
        int signatureStart = token.lastIndexOf('.') + 1;
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
        verifier.update(token.substring(0, signatureStart - 1).getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(Base64.getUrlDecoder().decode(token.substring(signatureStart)));
    }
}
