package dev.tidegate.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Asks a connection that has been idle whether it still works, which Vert.x' pool does not. */
public final class ReactiveLiveness {

    private ReactiveLiveness() {}

    /** Succeeds when the server has answered over this connection. */
    public static Future<Void> ask(SqlConnection connection) {
        return connection.query("/* ReactiveLiveness.ask */ select 1").execute().mapEmpty();
    }
}
