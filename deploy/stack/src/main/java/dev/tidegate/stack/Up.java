package dev.tidegate.stack;

import dev.tidegate.sql.budget.Profile;
import dev.tidegate.stack.data.Scale;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command behind {@code deploy/up}: a {@link Stack} that runs until Ctrl-C or until a part dies. */
@Command(
        name = "deploy/up",
        mixinStandardHelpOptions = true,
        versionProvider = Up.Version.class,
        sortOptions = false,
        header = "Starts all of Tidegate on this machine, with sample data.",
        description = {
            "",
            "PostgreSQL, Kafka, web-api, plan-worker and stats-refresher run as processes on 127.0.0.1 until Ctrl-C."
                    + " A second start reuses the data.",
            ""
        },
        footer = {
            "",
            "Exit status: 130 or 143 after Ctrl-C or SIGTERM (all parts are stopped first), 1 if a part could not"
                    + " start or died, 2 for a wrong option.",
            "Variables TIDEGATE_* (but no passwords) are passed on to the services."
        })
public final class Up implements Callable<Integer> {

    /** Names the repository's root; the script sets it. */
    static final String REPOSITORY = "tidegate.repository";

    private static final Duration WATCH_INTERVAL = Duration.ofMillis(250);
    private static final long LEARNER = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--fresh", description = "Delete the data folder's content first.")
    private boolean fresh;

    @Option(
            names = "--scale",
            paramLabel = "small|incident",
            defaultValue = "small",
            description = "Amount of sample data (default: small). incident is the size of the outage that Tidegate"
                    + " answers: 12 GiB of disk and some minutes at the first start.")
    private Scale scale = Scale.SMALL;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of web-api, " + Ports.LOWEST_BASE + " to " + Ports.HIGHEST_BASE
                    + " (default: 8080); N+1 plan-worker, N+2 stats-refresher, N+3 PostgreSQL, N+4 Kafka, N+5 its"
                    + " controller, N+6 PgBouncer.")
    private int portBase;

    @Option(
            names = "--pooler",
            description =
                    "Let the services go through PgBouncer in transaction mode, as in a large installation. Without"
                            + " PgBouncer on this machine (Debian: apt-get install pgbouncer) they connect directly all the"
                            + " same. TIDEGATE_PGBOUNCER names another binary than the one on the path.")
    private boolean pooler;

    @Option(
            names = "--lean",
            description = "Run on one or two database connections per role, as on a tiny database: everything works,"
                    + " more slowly.")
    private boolean lean;

    private volatile boolean stopping;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder (default: .tidegate in the repository, which git ignores).")
    private @Nullable Path data;

    /** The command line's entry point. */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Up())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Up::refuse)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof StackException)) {
                        throw failure;
                    }
                    command.getErr().println("deploy/up: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        Path repository = Path.of(System.getProperty(REPOSITORY, "")).toAbsolutePath();
        Path folder = Objects.requireNonNullElse(data, repository.resolve(".tidegate"));
        Stack stack = Stack.open(
                new StackSettings(repository, folder, fresh, ports(), scale, InstantSource.system(), pooler, profile()),
                this::say);
        // Runs at every end of this JVM but SIGKILL, so it is the only place that stops the parts.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
        try {
            stack.start();
            greet(stack);
            spec.commandLine().getErr().println("deploy/up: " + awaitDeath(stack));
        } catch (RuntimeException e) {
            // What fails because its database is being stopped is no news.
            if (!stopping) {
                throw e;
            }
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private Profile profile() {
        return lean ? Profile.LEAN : Profile.current();
    }

    private Ports ports() {
        try {
            return Ports.from(portBase);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--port-base: " + e.getMessage(), e);
        }
    }

    private static int refuse(ParameterException refused, String... arguments) {
        refused.getCommandLine().getErr().println("deploy/up: " + refused.getMessage() + " (--help lists the options)");
        return CommandLine.ExitCode.USAGE;
    }

    private void stop(Stack stack) {
        stopping = true;
        say("Stopping");
        stack.close();
        say("Stopped");
    }

    private static String awaitDeath(Stack stack) throws InterruptedException {
        while (true) {
            Optional<String> death = stack.death();
            if (death.isPresent()) {
                return death.get();
            }
            Thread.sleep(WATCH_INTERVAL);
        }
    }

    private void greet(Stack stack) {
        String token = stack.token(LEARNER, "learner");
        OwnerOnlyFile.write(stack.learnerToken(), token);
        URI api = stack.service(Service.WEB_API).baseUri();
        String curl = "curl -i -H \"Authorization: Bearer $(cat '%s')\" %s/v1/daily-plan/today"
                .formatted(stack.learnerToken(), api);
        say("""

                Tidegate runs.
                  web-api          %s  (API: %s/q/swagger-ui)
                  plan-worker      %s
                  stats-refresher  %s
                  PostgreSQL       127.0.0.1:%d, database %s
                  Kafka            %s
                  PgBouncer        %s
                  logs             %s

                A learner's token (user %d, 12 hours):
                %s

                Today's plan: the first call answers 202 and asks for it, the second one, a moment later, has it.
                %s
                %s

                Ctrl-C stops everything.""".formatted(
                        api,
                        api,
                        stack.service(Service.PLAN_WORKER).baseUri(),
                        stack.service(Service.STATS_REFRESHER).baseUri(),
                        stack.postgres().port(),
                        PostgresServer.DATABASE,
                        stack.kafka().bootstrapServers(),
                        stack.isPooled() ? stack.pooler().url() : "not used",
                        stack.logs(),
                        LEARNER,
                        token,
                        curl,
                        curl));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {
                "Tidegate "
                        + Objects.requireNonNullElse(Up.class.getPackage().getImplementationVersion(), "(not packaged)")
            };
        }
    }
}
