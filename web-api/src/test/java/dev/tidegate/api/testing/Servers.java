package dev.tidegate.api.testing;

import dev.tidegate.sql.testing.PostgresFixture;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.SQLException;
import java.util.Map;

/** A migrated database, the key of the tests' tokens, and a broker unless the test wants none. */
public class Servers implements QuarkusTestResourceLifecycleManager {

    private final PostgresFixture database = new PostgresFixture();
    private final Broker broker = new Broker();
    private boolean withBroker = true;

    @Override
    public void init(Map<String, String> arguments) {
        withBroker = Boolean.parseBoolean(arguments.getOrDefault("broker", "true"));
    }

    @Override
    public Map<String, String> start() {
        try {
            database.open();
        } catch (SQLException e) {
            throw new IllegalStateException("no database", e);
        }
        return Map.of(
                "tidegate.database.url",
                "postgresql://127.0.0.1:" + database.port() + "/" + database.database(),
                "kafka.bootstrap.servers",
                withBroker ? broker.start() : Broker.nobodyListensHere(),
                "tidegate.jwt.issuer",
                Tokens.ISSUER,
                "tidegate.jwt.public-key",
                Tokens.publicKeyFile().toString(),
                "tidegate.test.jwt.private-key",
                Tokens.privateKeyFile().toString(),
                // Streams of a test are told by events alone, however slow the machine is.
                "tidegate.plan-events.recheck",
                "10m",
                "tidegate.test.database",
                database.port() + "/" + database.database());
    }

    @Override
    public void stop() {
        broker.stop();
        try {
            database.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the database stays", e);
        }
    }
}
