package dev.tidegate.sql.budget;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Offers the budget to a service's configuration, so that pool sizes are expressions and never numbers:
 * {@code tidegate.budget.limit.<role>} is the role's whole limit and {@code tidegate.budget.share.<role>} what
 * one of {@code tidegate.budget.replicas} processes may hold. Those are {@code tidegate.replicas} that connect directly;
 * behind a pooler it is 1, because there the pooler divides, and a process may be a client as often as the role has
 * connections.
 *
 * <p>A share is computed when it is asked for, so a service is only bothered by the roles it uses. Its ordinal is
 * below every other source: an operator may lower a pool, and {@link PoolSizeCheck} refuses a higher one.
 */
public final class BudgetConfigSource implements ConfigSource {

    static final String LIMIT = "tidegate.budget.limit.";
    static final String SHARE = "tidegate.budget.share.";
    static final String REPLICAS = "tidegate.budget.replicas";

    private final Map<String, IntSupplier> values;

    BudgetConfigSource(ConnectionBudget budget, int replicas) {
        this.values = Stream.concat(
                        Stream.<Map.Entry<String, IntSupplier>>of(Map.entry(REPLICAS, () -> replicas)),
                        Stream.of(DatabaseRole.values())
                                .flatMap(role -> Stream.<Map.Entry<String, IntSupplier>>of(
                                        Map.entry(LIMIT + role.roleName(), () -> budget.of(role)),
                                        Map.entry(SHARE + role.roleName(), () -> budget.share(role, replicas)))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public @Nullable String getValue(String propertyName) {
        IntSupplier value = values.get(propertyName);
        return value == null ? null : Integer.toString(value.getAsInt());
    }

    @Override
    public String getName() {
        return "connection budget";
    }

    @Override
    public int getOrdinal() {
        return 50;
    }

    /** Registered as a service, so that it is there before any other code of the application runs. */
    public static final class Factory implements ConfigSourceFactory {

        @Override
        public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
            int replicas = parse(context.getValue("tidegate.replicas"));
            return List.of(new BudgetConfigSource(
                    ConnectionBudget.load(), isSet(context.getValue("tidegate.pooler.url")) ? 1 : replicas));
        }

        private static boolean isSet(@Nullable ConfigValue value) {
            return value != null
                    && value.getValue() != null
                    && !value.getValue().isBlank();
        }

        private static int parse(@Nullable ConfigValue replicas) {
            if (replicas == null || replicas.getValue() == null) {
                return 1;
            }
            String value = replicas.getValue().strip();
            if (!value.matches("[1-9][0-9]{0,3}")) {
                throw new IllegalArgumentException(
                        "TIDEGATE_REPLICAS='" + value + "' is not a whole number from 1 to 9999");
            }
            return Integer.parseInt(value);
        }
    }
}
