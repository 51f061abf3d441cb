package dev.tidegate.system;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;

/** Makes each statement that inserts questions take its time, so that things can happen to an import at work. */
final class SlowQuestions implements AutoCloseable {

    private final JdbcSql database;

    SlowQuestions(JdbcSql database) {
        this.database = database;
        database.update(FUNCTION);
        database.update(TRIGGER);
    }

    @Override
    public void close() {
        database.update(REMOVE);
    }

    // An import of 50 batches takes 25 s.
    private static final Sql FUNCTION = Sql.of("SlowQuestions.function", """
            create or replace function slow_down_questions() returns trigger language plpgsql as '
            begin
                perform pg_sleep(0.5);
                return null;
            end'
            """);
    private static final Sql TRIGGER = Sql.of("SlowQuestions.trigger", """
            create or replace trigger slow_down after insert on questions
            for each statement execute function slow_down_questions()
            """);
    private static final Sql REMOVE = Sql.of("SlowQuestions.remove", "drop trigger if exists slow_down on questions");
}
