package dev.tidegate.system;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;

/** Makes each plan's insert take its time while open, so that things can happen to a batch at work. */
final class SlowPlans implements AutoCloseable {

    private final JdbcSql database;

    SlowPlans(JdbcSql database) {
        this.database = database;
        database.update(FUNCTION);
        database.update(TRIGGER);
    }

    @Override
    public void close() {
        database.update(REMOVE);
    }

    // A batch of 100 takes 5 s, less than the lane's statement_timeout.
    private static final Sql FUNCTION = Sql.of("SlowPlans.function", """
            create or replace function slow_down() returns trigger language plpgsql as '
            begin
                perform pg_sleep(0.05);
                return new;
            end'
            """);
    private static final Sql TRIGGER = Sql.of("SlowPlans.trigger", """
            create or replace trigger slow_down before insert on daily_plans for each row execute function slow_down()
            """);
    private static final Sql REMOVE = Sql.of("SlowPlans.remove", "drop trigger if exists slow_down on daily_plans");
}
