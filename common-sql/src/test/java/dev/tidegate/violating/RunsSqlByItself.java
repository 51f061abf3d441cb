package dev.tidegate.violating;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.RowSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.hibernate.reactive.mutiny.Mutiny;

/** Every method sends a statement without {@code Sql}; none is ever called. */
final class RunsSqlByItself {

    private RunsSqlByItself() {}

    static PreparedStatement preparesByJdbc(Connection connection, String text) throws SQLException {
        return connection.prepareStatement(text);
    }

    static Statement createsByJdbc(Connection connection) throws SQLException {
        return connection.createStatement();
    }

    static boolean executesByJdbc(Statement statement, String text) throws SQLException {
        return statement.execute(text);
    }

    static int executesBySubtypeOfJdbc(PreparedStatement statement) throws SQLException {
        return statement.executeUpdate();
    }

    static TextToStatement preparesByMethodReference(Connection connection) {
        return connection::prepareStatement;
    }

    static Query<RowSet<io.vertx.sqlclient.Row>> queriesByVertx(Pool pool, String text) {
        return pool.query(text);
    }

    static PreparedQuery<RowSet<io.vertx.sqlclient.Row>> preparesByVertx(Pool pool, String text) {
        return pool.preparedQuery(text);
    }

    static Mutiny.SelectionQuery<Long> queriesByHibernate(Mutiny.StatelessSession session, String text) {
        return session.createNativeQuery(text, Long.class);
    }

    static Mutiny.MutationQuery mutatesByHibernate(Mutiny.Session session, String text) {
        return session.createMutationQuery(text);
    }

    static Uni<Object> findsByHibernate(Mutiny.Session session, Object id) {
        return session.find(Object.class, id);
    }

    static Uni<Void> persistsByHibernate(Mutiny.Session session, Object entity) {
        return session.persist(entity);
    }

    static Uni<Void> insertsByHibernate(Mutiny.StatelessSession session, Object entity) {
        return session.insert(entity);
    }

    static Object migratesByFlyway(Flyway flyway) {
        return flyway.migrate();
    }

    @FunctionalInterface
    interface TextToStatement {
        PreparedStatement of(String text) throws SQLException;
    }
}
