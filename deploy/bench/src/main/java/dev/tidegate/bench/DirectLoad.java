package dev.tidegate.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.stack.PostgresServer;
import dev.tidegate.worker.generate.PlanGenerator;
import dev.tidegate.worker.generate.PlanItemsJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that one generation of a batch sends, replayed over bare connections with prepared statements: what
 * the database alone can do. Each session has recorded a batch of its own and replays it for new days; always the same
 * users, so its caches are a little warmer than the generator's.
 */
final class DirectLoad extends Load {

    private final PlanSupply plans;
    private final int batch;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Replay> replays = new ArrayList<>();

    DirectLoad(PostgresServer server, PlanSupply plans, int batch, int sessions) throws SQLException {
        super(sessions);
        this.plans = plans;
        this.batch = batch;
        for (int session = 0; session < sessions; session++) {
            Connection connection = Lanes.session(server, session).getConnection();
            connections.add(connection);
            var recording = new Recording(connection);
            new PlanGenerator(
                            new JdbcSql(recording.dataSource(), new SimpleMeterRegistry()),
                            new PlanItemsJson(new ObjectMapper()),
                            InstantSource.system())
                    .generate(plans.take(batch));
            connection.setAutoCommit(false);
            replays.add(new Replay(connection, recording.statements()));
        }
    }

    @Override
    int batch(int session) throws SQLException {
        replays.get(session).run(plans.freshDay());
        return batch;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
