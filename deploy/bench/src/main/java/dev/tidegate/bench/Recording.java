package dev.tidegate.bench;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Notes the statements that go over a connection and the values bound to them. */
final class Recording {

    /**
     * A statement that was executed.
     *
     * @param binds by position from 1; an array of the database as {@link ArrayBind}
     */
    record Statement(String text, boolean query, Map<Integer, Object> binds) {}

    /** A bind made by {@link Connection#createArrayOf}. */
    record ArrayBind(String type, Object[] elements) {}

    private final Connection connection;
    private final List<Statement> statements = new ArrayList<>();
    private final Map<Array, ArrayBind> arrays = new IdentityHashMap<>();

    Recording(Connection connection) {
        this.connection = connection;
    }

    /** A data source that always gives the one connection and never closes it. */
    DataSource dataSource() {
        return proxy(DataSource.class, (self, method, arguments) -> recordedConnection());
    }

    List<Statement> statements() {
        return List.copyOf(statements);
    }

    private Connection recordedConnection() {
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "close" -> null;
            case "createArrayOf" -> {
                Array array = (Array) invoke(connection, method, arguments);
                arrays.put(array, new ArrayBind((String) arguments[0], (Object[]) arguments[1]));
                yield array;
            }
            case "prepareStatement" ->
                recordedStatement((String) arguments[0], (PreparedStatement) invoke(connection, method, arguments));
            default -> invoke(connection, method, arguments);
        });
    }

    private PreparedStatement recordedStatement(String text, PreparedStatement statement) {
        var binds = new TreeMap<Integer, Object>();
        return proxy(PreparedStatement.class, (self, method, arguments) -> {
            switch (method.getName()) {
                case "getConnection" -> {
                    return recordedConnection();
                }
                case "setArray" -> binds.put((Integer) arguments[0], arrays.get((Array) arguments[1]));
                case "setObject" -> binds.put((Integer) arguments[0], arguments[1]);
                case "executeQuery" -> statements.add(new Statement(text, true, Map.copyOf(binds)));
                case "executeUpdate" -> statements.add(new Statement(text, false, Map.copyOf(binds)));
                default -> {}
            }
            return invoke(statement, method, arguments);
        });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
