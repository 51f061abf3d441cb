package dev.tidegate.api.testing;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tokens as the identity provider would issue them, signed with a key made for this test run. */
public final class Tokens {

    static final String ISSUER = "https://id.tidegate.test";
    static final String AUDIENCE = "tidegate";

    private static final Path FOLDER = Path.of("target", "test-keys");

    private String subject;
    private Object tenant;
    private String issuer = ISSUER;
    private String audience = AUDIENCE;
    private Duration validFor = Duration.ofMinutes(5);
    private Set<String> groups = Set.of("learner");
    private boolean foreignKey;

    private Tokens(String subject, Object tenant) {
        this.subject = subject;
        this.tenant = tenant;
    }

    public static Tokens of(long userId, long tenantId) {
        return new Tokens(Long.toString(userId), tenantId);
    }

    public Tokens subject(String changed) {
        subject = changed;
        return this;
    }

    public Tokens tenant(Object changed) {
        tenant = changed;
        return this;
    }

    public Tokens issuer(String changed) {
        issuer = changed;
        return this;
    }

    public Tokens audience(String changed) {
        audience = changed;
        return this;
    }

    public Tokens groups(String... changed) {
        groups = Set.of(changed);
        return this;
    }

    public Tokens expiredSince(Duration ago) {
        validFor = ago.negated();
        return this;
    }

    public Tokens signedBySomebodyElse() {
        foreignKey = true;
        return this;
    }

    public String sign() {
        return claims().sign(foreignKey ? newPair().getPrivate() : ownKey());
    }

    private JwtClaimsBuilder claims() {
        Instant expiry = Instant.now().plus(validFor);
        return Jwt.issuer(issuer)
                .subject(subject)
                .audience(audience)
                .groups(groups)
                .claim("tenant", tenant)
                .issuedAt(expiry.minus(Duration.ofMinutes(10)))
                .expiresAt(expiry);
    }

    /** What a verifier accepts that lets the token choose the algorithm: the public key is no secret. */
    public String signWithPublicKeyAsSecret() {
        String file = ConfigProvider.getConfig().getValue("tidegate.jwt.public-key", String.class);
        try {
            return claims().signWithSecret(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path publicKeyFile() {
        return KeyFiles.PUBLIC;
    }

    static Path privateKeyFile() {
        return KeyFiles.PRIVATE;
    }

    private static PrivateKey ownKey() {
        String file = ConfigProvider.getConfig().getValue("tidegate.test.jwt.private-key", String.class);
        try {
            return KeyUtils.decodePrivateKey(Files.readString(Path.of(file)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no key to sign with", e);
        }
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files, because the application reads a path, and because the tests' class loader is not the servers'. */
    private static final class KeyFiles {

        private static final Path PUBLIC = FOLDER.resolve("public.pem").toAbsolutePath();
        private static final Path PRIVATE = FOLDER.resolve("private.pem").toAbsolutePath();

        static {
            try {
                KeyPair pair = newPair();
                Files.createDirectories(FOLDER);
                Files.writeString(PUBLIC, pem("PUBLIC KEY", pair.getPublic()));
                Files.writeString(PRIVATE, pem("PRIVATE KEY", pair.getPrivate()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String pem(String label, Key key) {
            String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
            return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, base64);
        }
    }
}
