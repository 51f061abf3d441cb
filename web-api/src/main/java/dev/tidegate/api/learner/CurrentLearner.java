package dev.tidegate.api.learner;

import dev.tidegate.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonNumber;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Reads the {@link Learner} of the current request from its verified token. */
@ApplicationScoped
public class CurrentLearner {

    /** At most 18 digits, which always fit a {@code long}. */
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

    private final JsonWebToken token;

    CurrentLearner(JsonWebToken token) {
        this.token = token;
    }

    /**
     * The learner.
     *
     * @throws Problem 401 if the subject or the claim {@code tenant} is not a positive number
     */
    public Learner get() {
        @Nullable Object tenant = token.getClaim("tenant");
        return new Learner(
                id(token.getSubject()), id(tenant instanceof JsonNumber || tenant instanceof Number ? tenant : null));
    }

    private static long id(@Nullable Object claim) {
        String text = String.valueOf(claim);
        if (!ID.matcher(text).matches()) {
            throw Problem.unauthorized();
        }
        return Long.parseLong(text);
    }
}
