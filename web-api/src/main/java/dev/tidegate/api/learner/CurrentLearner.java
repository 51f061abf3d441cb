package dev.tidegate.api.learner;

import dev.tidegate.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonNumber;
import java.util.Optional;
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
        return read(token).orElseThrow(Problem::unauthorized);
    }

    /** The learner a token names; empty if its subject or its claim {@code tenant} is not a positive number. */
    static Optional<Learner> read(JsonWebToken token) {
        @Nullable Object tenant = token.getClaim("tenant");
        return id(token.getSubject())
                .flatMap(user -> id(tenant instanceof JsonNumber || tenant instanceof Number ? tenant : null)
                        .map(ofTenant -> new Learner(user, ofTenant)));
    }

    private static Optional<Long> id(@Nullable Object claim) {
        String text = String.valueOf(claim);
        return ID.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
