package dev.tidegate.sql.budget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many PostgreSQL backends each role may hold, read from {@code connection-budget.properties}.
 *
 * <p>The system's one promise rests on this sum staying under the ceiling, so an instance that breaks it
 * cannot exist: {@link #load} and {@link #parse} throw.
 */
public final class ConnectionBudget {

    private static final String FILE = "connection-budget.properties";
    private static final String MAX_CONNECTIONS = "max-connections";
    private static final String CEILING = "ceiling";
    private static final String REPLICA_READS = "read-replica.web_api";

    private final int maxConnections;
    private final int ceiling;
    private final Map<DatabaseRole, Integer> limits;
    private final int replicaReads;

    private ConnectionBudget(int maxConnections, int ceiling, Map<DatabaseRole, Integer> limits, int replicaReads) {
        this.maxConnections = maxConnections;
        this.ceiling = ceiling;
        this.limits = Collections.unmodifiableMap(limits);
        this.replicaReads = replicaReads;
    }

    /**
     * The budget of this process' {@link Profile}.
     *
     * @throws IllegalStateException as for {@link #load(Profile)}
     * @throws IllegalArgumentException if there is no such profile
     */
    public static ConnectionBudget load() {
        return load(Profile.current());
    }

    /**
     * A budget that this build ships.
     *
     * @throws IllegalStateException if the file is incomplete, has an unknown key, or its sum reaches the ceiling
     */
    public static ConnectionBudget load(Profile profile) {
        try (InputStream in = ConnectionBudget.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            var properties = new Properties();
            properties.load(in);
            return parse(properties, profile);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    /**
     * A budget from the file's keys. All are read, whichever profile is asked for: a broken one does not build.
     *
     * @throws IllegalStateException as for {@link #load(Profile)}
     */
    public static ConnectionBudget parse(Properties properties, Profile wanted) {
        var unread = new HashSet<>(properties.stringPropertyNames());
        var budgets = new EnumMap<Profile, ConnectionBudget>(Profile.class);
        for (Profile profile : Profile.values()) {
            budgets.put(profile, parse(new Keys(properties, profile.prefix(), unread)));
        }
        if (!unread.isEmpty()) {
            throw new IllegalStateException(FILE + " has keys that name no tier and role: " + unread);
        }
        return Objects.requireNonNull(budgets.get(wanted));
    }

    private static ConnectionBudget parse(Keys keys) {
        int maxConnections = keys.positive(MAX_CONNECTIONS);
        int ceiling = keys.positive(CEILING);
        var limits = new EnumMap<DatabaseRole, Integer>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            limits.put(role, keys.positive(role.key()));
        }
        int replicaReads = keys.positive(REPLICA_READS);
        int sum = limits.values().stream().mapToInt(Integer::intValue).sum();
        if (sum >= ceiling) {
            throw new IllegalStateException("%s grants %d connections; the sum must stay under the ceiling of %d"
                    .formatted(FILE, sum, ceiling));
        }
        if (ceiling > maxConnections) {
            throw new IllegalStateException(
                    "%s sets %s=%d above %s=%d".formatted(FILE, CEILING, ceiling, MAX_CONNECTIONS, maxConnections));
        }
        int roleLimit = limits.getOrDefault(DatabaseRole.WEB_API, 0);
        if (replicaReads > roleLimit) {
            throw new IllegalStateException("%s sets %s=%d above the role's limit of %d, which the replica has as well"
                    .formatted(FILE, REPLICA_READS, replicaReads, roleLimit));
        }
        return new ConnectionBudget(maxConnections, ceiling, limits, replicaReads);
    }

    /** The server's {@code max_connections}. */
    public int maxConnections() {
        return maxConnections;
    }

    /** The number that the sum of all roles stays under. */
    public int ceiling() {
        return ceiling;
    }

    /** Backends that a role may hold over all replicas; at least 1. */
    public int of(DatabaseRole role) {
        return limits.getOrDefault(role, 0);
    }

    /** Backends that a tier may hold over all its roles and replicas. */
    public int of(Tier tier) {
        return limits.entrySet().stream()
                .filter(limit -> limit.getKey().tier() == tier)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Backends that Tidegate may hold at all. */
    public int sum() {
        return limits.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * What one of {@code replicas} equal processes may hold when they connect directly, rounded down.
     *
     * @throws IllegalArgumentException if {@code replicas} is not within 1 and the role's whole limit, because
     *     a share of less than one connection could serve nothing
     */
    public int share(DatabaseRole role, int replicas) {
        return divide(of(role), replicas, "role " + role.roleName() + " has");
    }

    /**
     * What one of {@code replicas} web-api processes may hold to the read replica, rounded down.
     *
     * @throws IllegalArgumentException as for {@link #share}
     */
    public int replicaShare(int replicas) {
        return divide(replicaReads, replicas, "the read replica's budget has");
    }

    private static int divide(int connections, int replicas, String whose) {
        if (replicas < 1 || replicas > connections) {
            throw new IllegalArgumentException("TIDEGATE_REPLICAS=%d is outside 1..%d: %s %d connections to divide"
                    .formatted(replicas, connections, whose, connections));
        }
        return connections / replicas;
    }

    /** The role limits as Flyway placeholders: {@code limit_<role>}. */
    public Map<String, String> flywayPlaceholders() {
        var placeholders = new TreeMap<String, String>();
        limits.forEach((role, limit) -> placeholders.put("limit_" + role.roleName(), limit.toString()));
        return placeholders;
    }

    /** The numbers of one profile. */
    private record Keys(Properties properties, String prefix, Set<String> unread) {

        int positive(String name) {
            String key = prefix + name;
            unread.remove(key);
            @Nullable String value = properties.getProperty(key);
            if (value == null || !value.strip().matches("[1-9][0-9]{0,3}")) {
                throw new IllegalStateException("%s: %s is %s, not a whole number from 1 to 9999"
                        .formatted(FILE, key, value == null ? "missing" : "'" + value + "'"));
            }
            return Integer.parseInt(value.strip());
        }
    }
}
