package dev.tidegate.api.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** For tests without a broker: how long it is waited for, and how long it is left alone afterwards. */
public class NoBroker implements QuarkusTestProfile {

    /** Announcements that may wait for the broker at once. */
    public static final int ANNOUNCEMENTS = 4;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "tidegate.plan-requests.send-timeout",
                "2s",
                "tidegate.plan-requests.recovery-delay",
                "60s",
                // Longer than any write takes, so that one that waited for the broker would be told from one that did
                // not.
                "tidegate.announcements.send-timeout",
                "10s",
                "tidegate.announcements.in-flight",
                Integer.toString(ANNOUNCEMENTS));
    }
}
