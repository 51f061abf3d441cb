package dev.tidegate.sql.pooler;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Offers the {@link DatabasePath} to a service's configuration, so that address and driver switches are expressions
 * and belong together wherever they are used:
 *
 * <ul>
 *   <li>{@code tidegate.path.url} and {@code tidegate.path.jdbc-url}, to which {@code &option=value} may be appended;
 *   <li>{@code tidegate.path.prepared-statements}: whether a driver may keep named statements;
 *   <li>{@code tidegate.path.layer7-proxy}: whether it must send each query in one go, because the next message may
 *       reach another backend.
 * </ul>
 */
public final class DatabasePathConfigSource implements ConfigSource {

    private final Map<String, String> values;

    private DatabasePathConfigSource(DatabasePath path) {
        this.values = Map.of(
                "tidegate.path.url",
                path.url(),
                "tidegate.path.jdbc-url",
                path.jdbcUrl(),
                "tidegate.path.prepared-statements",
                Boolean.toString(path.preparedStatements()),
                "tidegate.path.layer7-proxy",
                Boolean.toString(!path.preparedStatements()));
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public @Nullable String getValue(String propertyName) {
        return values.get(propertyName);
    }

    @Override
    public String getName() {
        return "database path";
    }

    /** Below every other source, as the budget's. */
    @Override
    public int getOrdinal() {
        return 50;
    }

    /** Registered as a service, so that it is there before any other code of the application runs. */
    public static final class Factory implements ConfigSourceFactory {

        @Override
        public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
            return DatabasePath.of(name -> valueOf(context.getValue(name)))
                    .<Iterable<ConfigSource>>map(path -> List.of(new DatabasePathConfigSource(path)))
                    .orElse(List.of());
        }

        private static @Nullable String valueOf(@Nullable ConfigValue value) {
            return value == null ? null : value.getValue();
        }
    }
}
