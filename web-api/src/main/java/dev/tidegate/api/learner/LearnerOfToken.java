package dev.tidegate.api.learner;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Refuses a token that names no learner, whichever operation it is used for: also those that need no learner must
 * not answer to it.
 */
@Singleton
class LearnerOfToken implements SecurityIdentityAugmentor {

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.getPrincipal() instanceof JsonWebToken token
                && CurrentLearner.read(token).isEmpty()) {
            return Uni.createFrom().failure(new AuthenticationFailedException("the token names no learner"));
        }
        return Uni.createFrom().item(identity);
    }
}
