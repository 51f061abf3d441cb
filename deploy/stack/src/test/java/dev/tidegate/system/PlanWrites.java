package dev.tidegate.system;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.util.List;

/** Counts how often each plan is written, whoever writes it. */
final class PlanWrites implements AutoCloseable {

    private final JdbcSql database;

    PlanWrites(JdbcSql database) {
        this.database = database;
        database.update(TABLE);
        database.update(FUNCTION);
        database.update(TRIGGER);
    }

    /** Plans that were written more than once. */
    long repeated() {
        return database.one(REPEATED, row -> row.get("n", Long.class)).orElseThrow();
    }

    /** Plans of some users that were written; meanwhile others' may be, because their day begins. */
    long written(List<Long> users) {
        return database.one(WRITTEN, row -> row.get("n", Long.class), (Object)
                        users.stream().mapToLong(Long::longValue).toArray())
                .orElseThrow();
    }

    @Override
    public void close() {
        database.update(REMOVE_TRIGGER);
        database.update(REMOVE_FUNCTION);
        database.update(REMOVE_TABLE);
    }

    private static final Sql TABLE =
            Sql.of("PlanWrites.table", "create table plan_writes (user_id bigint, plan_date date)");
    private static final Sql FUNCTION = Sql.of("PlanWrites.function", """
            create function note_plan_write() returns trigger language plpgsql security definer as '
            begin
                insert into public.plan_writes values (new.user_id, new.plan_date);
                return null;
            end'
            """);
    private static final Sql TRIGGER = Sql.of("PlanWrites.trigger", """
            create trigger note_plan_write after update of items on daily_plans
            for each row execute function note_plan_write()
            """);
    private static final Sql REPEATED = Sql.of("PlanWrites.repeated", """
            select count(*) as n
            from (select from plan_writes group by user_id, plan_date having count(*) > 1) repeated
            """);
    private static final Sql WRITTEN = Sql.of("PlanWrites.written", """
            select count(*) as n
            from (select distinct user_id, plan_date from plan_writes where user_id = any ($1::bigint[])) written
            """);
    private static final Sql REMOVE_TRIGGER =
            Sql.of("PlanWrites.removeTrigger", "drop trigger note_plan_write on daily_plans");
    private static final Sql REMOVE_FUNCTION = Sql.of("PlanWrites.removeFunction", "drop function note_plan_write()");
    private static final Sql REMOVE_TABLE = Sql.of("PlanWrites.removeTable", "drop table plan_writes");
}
