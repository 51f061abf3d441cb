package dev.tidegate.bench.reads;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/** The server's log while it writes down every statement. */
final class ServerLog {

    private static final long SETTLE_MILLIS = Duration.ofMillis(300).toMillis();

    private final JdbcSql superuser;
    private final Path file;

    ServerLog(JdbcSql superuser, Path file) {
        this.superuser = superuser;
        this.file = file;
    }

    private static final Sql LOG_ALL = Sql.of("ServerLog.logAll", "alter system set log_min_duration_statement = 0");
    private static final Sql LOG_NONE = Sql.of("ServerLog.logNone", "alter system reset log_min_duration_statement");
    private static final Sql RELOAD = Sql.of("ServerLog.reload", "select pg_reload_conf() as done");

    /** What the server logged while some work ran. */
    String during(Callable<?> work) throws Exception {
        superuser.update(LOG_ALL);
        reload();
        try {
            long from = file.toFile().length();
            work.call();
            Thread.sleep(SETTLE_MILLIS);
            return since(from);
        } finally {
            superuser.update(LOG_NONE);
            reload();
        }
    }

    /** Sessions read the settings between two commands, a moment after they were told. */
    private void reload() throws InterruptedException {
        superuser.one(RELOAD, row -> true);
        Thread.sleep(SETTLE_MILLIS);
    }

    private String since(long from) throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(from);
            byte[] bytes = new byte[Math.toIntExact(log.length() - from)];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
