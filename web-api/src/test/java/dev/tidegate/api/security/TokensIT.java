package dev.tidegate.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A token that is not exactly right opens no operation at all. */
@QuarkusTest
@WithTestResource(Servers.class)
class TokensIT {

    @Inject
    VirtualClock clock;

    private World world;

    @BeforeEach
    void owner() {
        clock.set(World.NOW);
        world = new World();
    }

    enum Abuse {
        NONE(right -> ""),
        NO_TOKEN(right -> "x"),
        CUT(right -> right.sign().substring(0, 40)),
        UNSIGNED(right -> parts(right)[0] + "." + parts(right)[1] + "."),
        ALGORITHM_NONE(right -> header("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts(right)[1] + "."),
        SIGNED_WITH_THE_PUBLIC_KEY(Tokens::signWithPublicKeyAsSecret),
        SIGNATURE_OF_ANOTHER(
                right -> parts(right)[0] + "." + parts(right)[1] + "." + parts(right.subject("999999"))[2]),
        FOREIGN_KEY(right -> right.signedBySomebodyElse().sign()),
        EXPIRED(right -> right.expiredSince(Duration.ofMinutes(2)).sign()),
        OTHER_ISSUER(right -> right.issuer("https://id.example.org").sign()),
        OTHER_AUDIENCE(right -> right.audience("another-service").sign()),
        SUBJECT_IS_TEXT(right -> right.subject("1 or 1=1").sign()),
        SUBJECT_IS_ZERO(right -> right.subject("0").sign()),
        SUBJECT_IS_NEGATIVE(right -> right.subject("-1").sign()),
        SUBJECT_IS_TOO_LONG(right -> right.subject("9".repeat(40)).sign()),
        TENANT_IS_TEXT(right -> right.tenant("1").sign()),
        TENANT_IS_NEGATIVE(right -> right.tenant(-1).sign()),
        TENANT_IS_A_FRACTION(right -> right.tenant(1.5).sign());

        private final Function<Tokens, String> made;

        Abuse(Function<Tokens, String> made) {
            this.made = made;
        }

        private static String[] parts(Tokens token) {
            return token.sign().split("\\.", -1);
        }

        private static String header(String json) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abusedTokenOpensNoOperation(Abuse abuse) {
        String token = abuse.made.apply(right());
        for (Api.Operation operation : Api.operations()) {
            Call.Answer answer = new Call(operation, world).token(token).send();

            assertThat(answer.status())
                    .as("%s %s: %s", abuse, operation, answer)
                    .isEqualTo(401);
            if (!operation.isEventStream()) {
                assertThat(answer.contentType()).isEqualTo("application/problem+json");
                assertThat(answer.body()).contains("https://tidegate.dev/problems/unauthorized");
            }
        }
    }

    @Test
    void rightTokenOpensEveryOperation() {
        String token = right().sign();
        for (Api.Operation operation : Api.operations()) {
            assertThat(new Call(operation, world).token(token).send().status())
                    .as("%s", operation)
                    .isNotIn(401, 403);
        }
    }

    @Test
    void groupIsNeededWhereTheDescriptionSaysSo() {
        for (Api.Operation operation : Api.operations()) {
            if (!operation.groups().isEmpty()) {
                assertThat(new Call(operation, world)
                                .token(world.ownersToken("learner"))
                                .send()
                                .status())
                        .as("%s by a learner", operation)
                        .isEqualTo(403);
                String other = operation.groups().contains("editor") ? "operator" : "editor";
                assertThat(new Call(operation, world)
                                .token(world.ownersToken("learner", other))
                                .send()
                                .status())
                        .as("%s by an %s", operation, other)
                        .isEqualTo(403);
            } else {
                assertThat(operation.path()).doesNotStartWith("/v1/content").doesNotStartWith("/v1/ops");
            }
        }
    }

    private Tokens right() {
        return Tokens.of(world.owner, world.tenant).groups("learner", "editor", "operator");
    }
}
