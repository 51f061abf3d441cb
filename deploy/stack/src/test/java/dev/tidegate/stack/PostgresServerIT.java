package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresServerIT {

    private static final String INVALID_PASSWORD = "28P01";

    @TempDir
    private static Path folder;

    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = Stack.open(StackSettings.forTest(Path.of("../.."), folder.resolve("data")), line -> {});
        stack.startPostgres();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @EnumSource(DatabaseRole.class)
    void everyRoleLogsInWithItsPassword(DatabaseRole role) throws SQLException {
        assertThat(read(stack.postgres().dataSource(role), "select current_user"))
                .isEqualTo(role.roleName());
    }

    @ParameterizedTest
    @CsvSource({"postgres", "migrator", "web_api"})
    void nobodyGetsInWithoutOrWithAWrongPassword(String user) {
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(user, null));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> connect(user, "guess"))
                .matches(refused -> INVALID_PASSWORD.equals(refused.getSQLState()));
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "password_encryption, scram-sha-256",
        "listen_addresses, 127.0.0.1",
        "unix_socket_directories, ''",
        "shared_preload_libraries, pg_stat_statements"
    })
    void libraryDefaultsForThrowAwayServersDoNotApply(String setting, String value) throws SQLException {
        var server = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        assertThat(server.one(SETTING, row -> row.get("value", String.class), setting))
                .contains(value);
    }

    @Test
    void serverTakesAsManyConnectionsAsTheBudgetSays() throws SQLException {
        assertThat(read(stack.postgres().superuser(), "show max_connections"))
                .isEqualTo(Integer.toString(ConnectionBudget.load().maxConnections()));
    }

    @Test
    void passwordsAreStoredAsVerifiersAndNeverLogged() throws SQLException {
        assertThat(read(
                        stack.postgres().superuser(),
                        "select bool_and(rolpassword like 'SCRAM-SHA-256$%') from pg_authid where rolcanlogin"))
                .isEqualTo("t");
        assertThat(read(
                        stack.postgres().superuser(),
                        "select count(*) from monitoring.pg_stat_statements where query ~* 'password ''[^S]'"))
                .isEqualTo("0");
    }

    @Test
    void restartKeepsCommittedRows() throws SQLException {
        write(stack.postgres().superuser(), "create table kept (id integer)");
        stack.postgres().restart();
        write(stack.postgres().superuser(), "insert into kept values (1)");
        stack.postgres().kill();
        stack.postgres().start();

        assertThat(read(stack.postgres().superuser(), "select count(*) from kept"))
                .isEqualTo("1");
        assertThat(stack.death()).isEmpty();
    }

    @Test
    void pausedServerAnswersAfterItHasResumed() throws Exception {
        try (Connection connection = stack.postgres().superuser().getConnection();
                Statement statement = connection.createStatement()) {
            stack.postgres().pause();
            CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> executes(statement));
            assertThat(answer.copy()
                            .completeOnTimeout(false, 500, TimeUnit.MILLISECONDS)
                            .get())
                    .isFalse();

            stack.postgres().resume();

            assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        }
    }

    @Test
    void tokensNeedAnExistingUser() {
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> stack.token(987_654_321, "learner"))
                .withMessageContaining("no user 987654321");
    }

    private static void connect(String user, @Nullable String password) throws SQLException {
        var dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {stack.postgres().port()});
        dataSource.setDatabaseName("postgres");
        dataSource.setUser(user);
        dataSource.setPassword(password);
        dataSource.getConnection().close();
    }

    private static boolean executes(Statement statement) {
        try {
            return statement.execute("select 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final Sql SETTING = Sql.of("PostgresServerIT.setting", "select current_setting($1) as value");

    private static String read(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
