package dev.tidegate.stack.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the connections of a load open between its statements.
 *
 * <p>The migrator may hold only as many connections as a load has threads, and a closed one counts until its
 * backend has exited, some milliseconds later: opening one per statement would run into that limit.
 */
final class KeptConnections implements AutoCloseable {

    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final int ATTEMPTS = 50;
    private static final long MILLIS_BETWEEN_ATTEMPTS = 100;

    private final DataSource owner;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    KeptConnections(DataSource owner) {
        this.owner = owner;
    }

    /** Gives each caller an idle connection if there is one; closing it returns it here. */
    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return invoke(owner, method, arguments);
            }
            Connection kept = idle.poll();
            return lent(kept == null ? open() : kept);
        });
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }

    private Connection lent(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (!method.getName().equals("close")) {
                return invoke(connection, method, arguments);
            }
            idle.push(connection);
            return null;
        });
    }

    /** Patient, because a migration that ended just before may still count. */
    private Connection open() throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return owner.getConnection();
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
                    throw e;
                }
                Thread.sleep(MILLIS_BETWEEN_ATTEMPTS);
            }
        }
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> handler.handle(method, arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @FunctionalInterface
    private interface Handler {
        @Nullable
        Object handle(Method method, Object @Nullable [] arguments) throws Throwable;
    }
}
