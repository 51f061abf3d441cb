package dev.tidegate.stack;

import io.smallrye.jwt.build.Jwt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;

/**
 * Issues access tokens the way a real identity provider would: RS256, with a key pair made at first use that
 * never leaves the data folder. The services know only the public key.
 */
final class Tokens {

    static final String ISSUER = "https://tidegate.local";
    static final String AUDIENCE = "tidegate";

    private static final int KEY_BITS = 2048;
    private static final Base64.Encoder PEM =
            Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    private final Path publicKey;
    private final PrivateKey privateKey;
    private final InstantSource clock;

    Tokens(Path folder, InstantSource clock) {
        this.clock = clock;
        this.publicKey = folder.resolve("jwt-public.pem");
        Path privateFile = folder.resolve("jwt-private.pem");
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            if (!Files.exists(privateFile)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                OwnerOnlyFile.write(
                        privateFile,
                        pem(
                                "PRIVATE KEY",
                                generator.generateKeyPair().getPrivate().getEncoded()));
            }
            var secret = (RSAPrivateCrtKey)
                    rsa.generatePrivate(new PKCS8EncodedKeySpec(unpem(OwnerOnlyFile.read(privateFile))));
            this.privateKey = secret;
            // Derived each time: an interrupted first start cannot leave two halves that do not belong together.
            OwnerOnlyFile.write(
                    publicKey,
                    pem(
                            "PUBLIC KEY",
                            rsa.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()))
                                    .getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new StackException("the key pair in " + folder + " cannot be used", e);
        }
    }

    /** PEM, SubjectPublicKeyInfo. */
    Path publicKey() {
        return publicKey;
    }

    String issue(long userId, long tenantId, Set<String> groups, Duration validity) {
        Instant now = clock.instant();
        return Jwt.subject(Long.toString(userId))
                .claim("tenant", tenantId)
                .groups(groups)
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .issuedAt(now)
                .expiresAt(now.plus(validity))
                .sign(privateKey);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, PEM.encodeToString(der), label);
    }

    private static byte[] unpem(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
