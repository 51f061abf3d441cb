package dev.tidegate.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Executes recorded statements again, in one transaction, for the same users on other days. */
final class Replay {

    private record Prepared(Recording.Statement recorded, PreparedStatement statement) {}

    private final Connection connection;
    private final List<Prepared> statements = new ArrayList<>();

    Replay(Connection connection, List<Recording.Statement> recorded) throws SQLException {
        this.connection = connection;
        for (Recording.Statement statement : recorded) {
            statements.add(new Prepared(statement, connection.prepareStatement(statement.text())));
        }
    }

    /** Writes the recorded plans again, moved so that the earliest is of the given day. */
    void run(LocalDate day) throws SQLException {
        for (Prepared prepared : statements) {
            for (var bind : prepared.recorded().binds().entrySet()) {
                bind(prepared.statement(), bind.getKey(), bind.getValue(), day);
            }
            if (prepared.recorded().query()) {
                drain(prepared.statement());
            } else {
                prepared.statement().executeUpdate();
            }
        }
        connection.commit();
    }

    private void bind(PreparedStatement statement, int position, Object value, LocalDate day) throws SQLException {
        switch (value) {
            case Recording.ArrayBind array
            when array.elements() instanceof LocalDate[] days ->
                statement.setArray(position, connection.createArrayOf(array.type(), moved(days, day)));
            case Recording.ArrayBind array ->
                statement.setArray(position, connection.createArrayOf(array.type(), array.elements()));
            default -> statement.setObject(position, value);
        }
    }

    private static LocalDate[] moved(LocalDate[] days, LocalDate first) {
        LocalDate earliest = Arrays.stream(days).min(Comparator.naturalOrder()).orElseThrow();
        return Arrays.stream(days)
                .map(day -> first.plusDays(ChronoUnit.DAYS.between(earliest, day)))
                .toArray(LocalDate[]::new);
    }

    private static void drain(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    rows.getObject(column);
                }
            }
        }
    }
}
