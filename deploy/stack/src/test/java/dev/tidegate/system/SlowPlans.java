package dev.tidegate.system;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;

/** Makes each plan's insert take its time while open, so that things can happen to a batch at work. */
final class SlowPlans implements AutoCloseable {

    private final JdbcSql database;

    /** So slow that a batch of 100 takes 5 s, less than the lane's statement_timeout. */
    SlowPlans(JdbcSql database) {
        this(database, FUNCTION);
    }

    private SlowPlans(JdbcSql database, Sql function) {
        this.database = database;
        database.update(function);
        database.update(TRIGGER);
    }

    /** So slow that a lane at work is seen working, and fast enough for a steady load. */
    static SlowPlans slightly(JdbcSql database) {
        return new SlowPlans(database, SLIGHTLY);
    }

    @Override
    public void close() {
        database.update(REMOVE);
    }

    private static final Sql FUNCTION = Sql.of("SlowPlans.function", """
            create or replace function slow_down() returns trigger language plpgsql as '
            begin
                perform pg_sleep(0.05);
                return new;
            end'
            """);
    private static final Sql SLIGHTLY = Sql.of("SlowPlans.slightlyFunction", """
            create or replace function slow_down() returns trigger language plpgsql as '
            begin
                perform pg_sleep(0.03);
                return new;
            end'
            """);
    private static final Sql TRIGGER = Sql.of("SlowPlans.trigger", """
            create or replace trigger slow_down before insert on daily_plans for each row execute function slow_down()
            """);
    private static final Sql REMOVE = Sql.of("SlowPlans.remove", "drop trigger if exists slow_down on daily_plans");
}
