package dev.tidegate.system;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One running stack for all system tests: starting it takes most of a test's time. A test may kill and restart parts
 * but leaves all of them running, and works with users of its own.
 */
final class RunningStack implements BeforeAllCallback {

    private @Nullable Stack stack;

    @Override
    public void beforeAll(ExtensionContext context) {
        stack = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Holder.class, ignored -> new Holder(), Holder.class)
                .stack;
    }

    Stack stack() {
        return Objects.requireNonNull(stack, "the stack is started before the first test of a class");
    }

    /** Runs statements as the superuser, to arrange and to check rows. */
    JdbcSql database() {
        return new JdbcSql(stack().postgres().superuser(), new SimpleMeterRegistry());
    }

    TodayClient today() {
        return new TodayClient(stack(), stack().service(Service.WEB_API).baseUri());
    }

    /** Restarts web-api, whose pool may have grown to the whole budget: a replica beside it would get no connection. */
    void makeRoomForAnotherWebApi() {
        ServiceProcess webApi = stack().service(Service.WEB_API);
        webApi.terminate();
        webApi.start();
    }

    Learners learners() {
        return new Learners(database());
    }

    /** Closed by JUnit when the last test has ended. */
    private static final class Holder implements AutoCloseable {

        private final Stack stack;

        private Holder() {
            Path module = Path.of("").toAbsolutePath();
            Path repository = module.resolve("../..").normalize();
            Path data = module.resolve("target").resolve("system-test");
            stack = Stack.open(StackSettings.forTest(repository, data), line -> {});
            try {
                stack.start();
            } catch (RuntimeException e) {
                stack.close();
                throw e;
            }
        }

        @Override
        public void close() {
            stack.close();
        }
    }
}
