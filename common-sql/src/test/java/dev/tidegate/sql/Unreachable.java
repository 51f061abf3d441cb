package dev.tidegate.sql;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A data source behind which nothing listens. */
final class Unreachable {

    private static final int PORT_THAT_NOBODY_MAY_USE = 1;

    private Unreachable() {}

    static DataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {PORT_THAT_NOBODY_MAY_USE});
        dataSource.setUser("web_api");
        return dataSource;
    }
}
