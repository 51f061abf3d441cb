package dev.tidegate.bench.reads;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Runs a call's statements with the call's own binds over bare connections: what the database alone takes. Text and
 * binds are read from the server's log, so nothing of the service is rebuilt here.
 */
final class DirectJdbc implements AutoCloseable {

    /** The next entry begins with a time at the start of a line; the lines of one statement begin with a tab. */
    private static final Pattern EXECUTED = Pattern.compile(
            "role=web_api .*?LOG: {2}(?:duration: [0-9.]+ ms {2})?execute [^:]+: (.*?)\\n(?=\\d{4}-)"
                    + "(?:\\d{4}-[^\\n]*DETAIL: {2}[Pp]arameters: (.*?)\\n(?=\\d{4}-|\\z))?",
            Pattern.DOTALL);

    /** Runs every minute, whatever is asked; {@link dev.tidegate.stack.StatementCosts} leaves it out as well. */
    private static final String HOUSE_KEEPING = "/* IdempotencyKeys.removeExpired */";

    private static final Pattern BIND = Pattern.compile("\\$\\d+ = ('(?:[^']|'')*'|NULL)");

    private final BlockingQueue<Session> sessions;
    private final List<Session> all = new ArrayList<>();

    private record Session(Connection connection, List<String> executions) {}

    /**
     * @param logged what the server logged while the call ran once
     * @param connections how many sessions to use
     */
    DirectJdbc(DataSource database, String logged, int connections) throws SQLException {
        sessions = new ArrayBlockingQueue<>(connections);
        for (int i = 0; i < connections; i++) {
            var session = new Session(database.getConnection(), new ArrayList<>());
            prepare(session, logged);
            all.add(session);
            sessions.add(session);
        }
    }

    private static void prepare(Session session, String logged) throws SQLException {
        Matcher executed = EXECUTED.matcher(logged);
        try (Statement statement = session.connection().createStatement()) {
            while (executed.find()) {
                if (executed.group(1).contains(HOUSE_KEEPING)) {
                    continue;
                }
                String name = "direct" + session.executions().size();
                statement.execute("prepare " + name + " as " + executed.group(1).replace("\n\t", "\n"));
                var binds = new ArrayList<String>();
                if (executed.group(2) != null) {
                    Matcher bind = BIND.matcher(executed.group(2));
                    while (bind.find()) {
                        binds.add(bind.group(1));
                    }
                }
                session.executions()
                        .add("execute " + name + (binds.isEmpty() ? "" : "(" + String.join(", ", binds) + ")"));
            }
        }
    }

    /** The number of statements that the call ran. */
    int statements() {
        return all.getFirst().executions().size();
    }

    /** Runs the call's statements once, on the first session that is free. */
    long run() throws SQLException, InterruptedException {
        Session session = sessions.take();
        try (Statement statement = session.connection().createStatement()) {
            long rows = 0;
            for (String execution : session.executions()) {
                if (statement.execute(execution)) {
                    rows += drain(statement);
                }
            }
            return rows;
        } finally {
            sessions.add(session);
        }
    }

    private static long drain(Statement statement) throws SQLException {
        long rows = 0;
        try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    result.getObject(column);
                }
                rows++;
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        for (Session session : all) {
            session.connection().close();
        }
    }
}
