package dev.tidegate.api.replica;

import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that can be asked. */
interface Reads {

    /** All rows, in the statement's order. */
    <T> Uni<List<T>> list(Sql sql, Function<Row, T> mapper, @Nullable Object... binds);
}
