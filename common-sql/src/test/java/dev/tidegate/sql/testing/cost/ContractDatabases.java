package dev.tidegate.sql.testing.cost;

import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.cost.ContractData.Size;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A small and a large database with {@link ContractData}, for the time of a test class. */
public final class ContractDatabases implements BeforeAllCallback, AfterAllCallback {

    private final Map<Size, ContractData> data = new EnumMap<>(Size.class);

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        for (Size size : Size.values()) {
            data.put(size, ContractData.load(new PostgresFixture().open(), size));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        for (ContractData each : data.values()) {
            each.close();
        }
    }

    public ContractData small() {
        return of(Size.SMALL);
    }

    public ContractData large() {
        return of(Size.LARGE);
    }

    List<ContractData> both() {
        return List.of(small(), large());
    }

    private ContractData of(Size size) {
        ContractData loaded = data.get(size);
        if (loaded == null) {
            throw new IllegalStateException("the databases are filled before the first test of the class");
        }
        return loaded;
    }
}
