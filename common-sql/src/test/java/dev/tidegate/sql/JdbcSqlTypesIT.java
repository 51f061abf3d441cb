package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java value becomes which SQL value, and back. */
class JdbcSqlTypesIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final JdbcSql sql = new JdbcSql(DATABASE.as(DatabaseRole.WEB_API), new SimpleMeterRegistry());

    private record Scalars(
            @Nullable Long aLong,
            @Nullable Integer anInteger,
            @Nullable Short aShort,
            @Nullable Double aDouble,
            @Nullable Double aReal,
            @Nullable Boolean aBoolean,
            @Nullable String aText,
            @Nullable String aJson,
            @Nullable LocalDate aDate,
            @Nullable Instant anInstant) {

        static Scalars of(Row row) {
            return new Scalars(
                    row.find("a_long", Long.class),
                    row.find("an_integer", Integer.class),
                    row.find("a_short", Short.class),
                    row.find("a_double", Double.class),
                    row.find("a_real", Double.class),
                    row.find("a_boolean", Boolean.class),
                    row.find("a_text", String.class),
                    row.find("a_json", String.class),
                    row.find("a_date", LocalDate.class),
                    row.find("an_instant", Instant.class));
        }
    }

    private static final Sql SCALARS = Sql.of("JdbcSqlTypesIT.scalars", """
            select $1::bigint as a_long, $2::integer as an_integer, $3::smallint as a_short, $4::float8 as a_double,
                   $5::real as a_real, $6::boolean as a_boolean, $7::text as a_text, $8::jsonb as a_json,
                   $9::date as a_date, $10::timestamptz as an_instant
            """);

    @Test
    void scalarsArriveAsTheyWereBound() {
        Scalars values = new Scalars(
                Long.MAX_VALUE,
                Integer.MIN_VALUE,
                Short.MAX_VALUE,
                0.1,
                0.25,
                true,
                "it's $1? \"ü\" \\ ☃",
                "{\"a\": [1, null]}",
                LocalDate.of(2024, 2, 29),
                Instant.parse("2026-03-29T00:59:59.123456Z"));

        assertThat(roundTrip(values)).isEqualTo(values);
    }

    @Test
    void nullsArriveAsNull() {
        Scalars nulls = new Scalars(null, null, null, null, null, null, null, null, null, null);

        assertThat(roundTrip(nulls)).isEqualTo(nulls);
    }

    private Scalars roundTrip(Scalars values) {
        return sql.one(
                        SCALARS,
                        Scalars::of,
                        values.aLong(),
                        values.anInteger(),
                        values.aShort(),
                        values.aDouble(),
                        values.aReal(),
                        values.aBoolean(),
                        values.aText(),
                        values.aJson(),
                        values.aDate(),
                        values.anInstant())
                .orElseThrow();
    }

    private record Elements(
            @Nullable Long aLong,
            @Nullable Integer anInteger,
            @Nullable String aText,
            @Nullable LocalDate aDate) {}

    private static final Sql ARRAYS = Sql.of("JdbcSqlTypesIT.arrays", """
            select a_long, an_integer, a_text, a_date
            from unnest($1::bigint[], $2::integer[], $3::text[], $4::date[])
                 with ordinality as elements (a_long, an_integer, a_text, a_date, position)
            order by position
            """);

    @Test
    void arraysArriveAsRowsThroughUnnest() {
        var rows = sql.list(
                ARRAYS,
                row -> new Elements(
                        row.find("a_long", Long.class),
                        row.find("an_integer", Integer.class),
                        row.find("a_text", String.class),
                        row.find("a_date", LocalDate.class)),
                new long[] {1, Long.MIN_VALUE},
                new int[] {2, Integer.MAX_VALUE},
                new String[] {"{a,\"b\"}", null},
                new LocalDate[] {LocalDate.EPOCH, LocalDate.of(2026, 10, 25)});

        assertThat(rows)
                .containsExactly(
                        new Elements(1L, 2, "{a,\"b\"}", LocalDate.EPOCH),
                        new Elements(Long.MIN_VALUE, Integer.MAX_VALUE, null, LocalDate.of(2026, 10, 25)));
    }

    @Test
    void emptyArraysArriveAsNoRows() {
        assertThat(sql.list(ARRAYS, row -> row, new long[0], new int[0], new String[0], new LocalDate[0]))
                .isEmpty();
    }

    private static final Sql ANY = Sql.of("JdbcSqlTypesIT.any", """
            select n as value from generate_series(1::bigint, 9) as numbers (n) where n = any($1) order by n
            """);

    @Test
    void arrayIsASetOfKeysForAny() {
        assertThat(sql.list(ANY, row -> row.get("value", Long.class), (Object) new long[] {7, 3, 70}))
                .containsExactly(3L, 7L);
    }

    private static final Sql OPERATORS = Sql.of("JdbcSqlTypesIT.operators", """
            select $1::jsonb ? 'a' as value, '$2? ''x''' as literal -- what about $3?
            """);

    @Test
    void questionMarksAndDollarsThatAreNoBindsKeepTheirMeaning() {
        assertThat(sql.one(
                        OPERATORS,
                        row -> row.get("value", Boolean.class) + " " + row.get("literal", String.class),
                        "{\"a\": 1}"))
                .hasValue("true $2? 'x'");
    }

    private static final Sql REPEATED = Sql.of("JdbcSqlTypesIT.repeated", """
            select $2::text || $1::text || $2::text as value
            """);

    @Test
    void repeatedBindTakesTheSameValueTwice() {
        assertThat(sql.one(REPEATED, row -> row.get("value", String.class), "a", "b"))
                .hasValue("bab");
    }

    private static final Sql TEXT = Sql.of("JdbcSqlTypesIT.text", "select $1::text as value");

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table users; --", "$1", "?", "\\'", ""})
    void textIsOnlyEverAValue(String text) {
        assertThat(sql.one(TEXT, row -> row.get("value", String.class), text)).hasValue(text);
    }

    @Test
    void promisedValueThatIsNullIsAnError() {
        assertThatThrownBy(() -> sql.one(TEXT, row -> row.get("value", String.class), (Object) null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("column value is null");
    }

    @Test
    void columnOfAnotherTypeOrNameIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> sql.one(TEXT, row -> row.get("value", LocalDate.class), "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("column value cannot be read as LocalDate");
        assertThatThrownBy(() -> sql.one(TEXT, row -> row.get("valu", String.class), "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("column valu cannot be read as String");
    }
}
