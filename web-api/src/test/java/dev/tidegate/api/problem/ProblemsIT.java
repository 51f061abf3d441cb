package dev.tidegate.api.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(Servers.class)
class ProblemsIT {

    private static final String TODAY = "/v1/daily-plan/today";

    /** Signed in the test itself: the parameters are made before the application runs. */
    enum Flaw {
        NO_TOKEN_AT_ALL(token -> "not-a-token"),
        OTHER_KEY(token -> token.signedBySomebodyElse().sign()),
        EXPIRED(token -> token.expiredSince(Duration.ofMinutes(2)).sign()),
        OTHER_AUDIENCE(token -> token.audience("somebody-else").sign()),
        OTHER_ISSUER(token -> token.issuer("https://elsewhere.test").sign()),
        SUBJECT_IS_A_NAME(token -> token.subject("ada").sign()),
        SUBJECT_IS_ZERO(token -> token.subject("0").sign()),
        SUBJECT_IS_NEGATIVE(token -> token.subject("-5").sign()),
        TENANT_IS_TEXT(token -> token.tenant("1").sign()),
        TENANT_IS_A_FRACTION(token -> token.tenant(1.5).sign()),
        TENANT_IS_ZERO(token -> token.tenant(0).sign());

        private final Function<Tokens, String> made;

        Flaw(Function<Tokens, String> made) {
            this.made = made;
        }
    }

    @ParameterizedTest
    @EnumSource
    void unacceptableTokenIsUnauthorized(Flaw flaw) {
        given().auth()
                .oauth2(flaw.made.apply(Tokens.of(1, 1)))
                .get(TODAY)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("type", equalTo("https://tidegate.dev/problems/unauthorized"));
    }

    @Test
    void missingTokenIsUnauthorized() {
        given().get(TODAY)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("instance", equalTo(TODAY));
    }

    @Test
    void unknownPathIsNotFound() {
        given().get("/v1/nothing-here")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404));
    }

    @Test
    void otherMethodIsRefusedWithThoseAllowed() {
        given().auth()
                .oauth2(Tokens.of(1, 1).sign())
                .post(TODAY)
                .then()
                .statusCode(405)
                .contentType("application/problem+json");
    }

    @Test
    void otherMediaTypeIsNotAcceptable() {
        given().auth()
                .oauth2(Tokens.of(1, 1).sign())
                .accept("image/png")
                .get(TODAY)
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
    }

    @Test
    void tooLargeABodyIsRefused() {
        given().body(new byte[2 * 1024 * 1024])
                .post(TODAY)
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("status", equalTo(413));
    }

    @Test
    void wellFormedCorrelationIdIsKept() {
        given().header("X-Correlation-Id", "checkout-12345678")
                .get(TODAY)
                .then()
                .header("X-Correlation-Id", "checkout-12345678")
                .body("correlationId", equalTo("checkout-12345678"));
    }

    @Test
    void illFormedCorrelationIdIsReplaced() {
        given().header("X-Correlation-Id", "a b\tc")
                .get(TODAY)
                .then()
                .header("X-Correlation-Id", matchesPattern("[0-9a-f-]{36}"));
    }
}
