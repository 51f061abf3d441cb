package dev.tidegate.stack.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** One tenant with one learner, until the generated data set takes its place. */
public final class SampleData {

    private final DataSource owner;

    public SampleData(DataSource owner, Scale scale, long seed, Instant anchor, Consumer<String> progress) {
        this.owner = owner;
    }

    public void load() {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    with school as (insert into tenants (name) values ('Example school') returning id)
                    insert into users (tenant_id, display_name, time_zone)
                    select school.id, 'Learner 1', 'Europe/Berlin' from school
                    """);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
