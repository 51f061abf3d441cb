package dev.tidegate.stack;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.Profile;
import dev.tidegate.stack.data.SampleData;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A whole Tidegate on this machine. Parts can be started one by one, killed, paused and started again; closing
 * stops what still runs, services first and the database last.
 *
 * <pre>{@code
 * try (Stack stack = Stack.open(StackSettings.forTest(repository, folder), System.out::println)) {
 *     stack.start();
 *     stack.service(Service.PLAN_WORKER).kill();
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads, so that {@link #close} can interrupt a start.
 */
public final class Stack implements AutoCloseable {

    /** One seed for everybody: figures and bug reports speak of the same rows. */
    public static final long SEED = 20_260_101;

    /** A day's work; a longer one would be a password in all but name. */
    private static final Duration TOKEN_VALIDITY = Duration.ofHours(12);

    private static final long GIB = 1024L * 1024L * 1024L;
    private static final long SMALL_BYTES = GIB;
    private static final long INCIDENT_BYTES = 12 * GIB;

    private final StackSettings settings;
    private final Consumer<String> progress;
    private final DataFolder folder;
    private final Children children;
    private final Secrets secrets;
    private final Tokens tokens;
    private final SchemaSetup schema;
    private final PostgresServer postgres;
    private final Standby standby;
    private final KafkaBroker kafka;
    private final Pooler pooler;
    private final boolean pooled;
    private final Map<Service, ServiceProcess> services = new EnumMap<>(Service.class);
    private final List<ServiceProcess> replicas = new CopyOnWriteArrayList<>();
    private boolean closed;

    private Stack(StackSettings settings, Consumer<String> progress, DataFolder folder, Children children) {
        ConnectionBudget budget = ConnectionBudget.load(settings.profile());
        Ports ports = settings.ports();
        this.settings = settings;
        this.progress = progress;
        this.folder = folder;
        this.children = children;
        this.secrets = new Secrets(folder.secrets());
        this.tokens = new Tokens(folder.secrets(), settings.clock());
        this.postgres = new PostgresServer(
                folder, ports.postgres(), secrets, budget, PostgresMemory.on(settings.scale()), children);
        this.standby = new Standby(postgres, postgres.standby(folder, Ports.oneFree()), secrets);
        this.schema = new SchemaSetup(postgres, secrets, budget);
        this.kafka = new KafkaBroker(folder, ports.kafka(), ports.kafkaController(), children);
        this.pooler = new Pooler(folder, ports, postgres, budget, children);
        this.pooled = settings.pooled() && Pooler.isInstalled();
        for (Service service : Service.values()) {
            services.put(service, process(service, ports.of(service), service.label(), Map.of()));
        }
    }

    /**
     * Takes the data folder, stops what a killed run has left there, and checks that a start can succeed. Nothing
     * is started yet.
     *
     * @param progress receives one line per step
     * @throws StackException if the folder is in use, somebody else's, holds sample data of another scale, has
     *     too little space, or a port is taken
     */
    public static Stack open(StackSettings settings, Consumer<String> progress) {
        DataFolder folder = DataFolder.open(settings.data());
        try {
            var children = new Children(folder.children());
            children.stopLeftovers(progress);
            PostgresServer.stopLeftover(folder, progress);
            if (settings.fresh()) {
                folder.clear();
            }
            requireSameScale(folder, settings.scale());
            requireSpace(folder, settings.scale());
            settings.ports().requireFree();
            return new Stack(settings, progress, folder, children);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Starts everything and returns when all three services are ready.
     *
     * @throws StackException if a part does not start; what has started keeps running until {@link #close}
     */
    public void start() {
        services.values().forEach(ServiceProcess::requirePackaged);
        progress.accept("Starting Kafka");
        kafka.launch();
        startPostgres();
        loadSampleData();
        startPooler();
        kafka.awaitReady();
        startServices();
    }

    /** Starts PostgreSQL and migrates the schema. */
    public void startPostgres() {
        progress.accept("Starting PostgreSQL");
        postgres.start();
        int applied = schema.apply();
        progress.accept("Schema is current, migrations applied: " + applied);
    }

    private void startPooler() {
        if (pooled) {
            progress.accept("Starting PgBouncer");
            pooler.start();
        } else if (settings.pooled()) {
            progress.accept("PgBouncer is not installed (Debian: apt-get install pgbouncer), so the services connect"
                    + " directly");
        }
    }

    /** Loads the sample data unless it is there, again from the start if that was interrupted; PostgreSQL must be running. */
    public void loadSampleData() {
        if (SampleDataRecord.read(folder.sampleData())
                .filter(SampleDataRecord::complete)
                .isPresent()) {
            return;
        }
        Scale scale = settings.scale();
        progress.accept("Loading sample data, scale " + lowerCase(scale));
        new SampleDataRecord(scale, SEED, false).write(folder.sampleData());
        try {
            new SampleData(
                            postgres.dataSource(DatabaseRole.MIGRATOR),
                            scale,
                            SEED,
                            settings.clock().instant(),
                            progress)
                    .load();
        } catch (SQLException | SqlFailure e) {
            throw new StackException("the sample data could not be loaded: " + e.getMessage(), e);
        }
        new SampleDataRecord(scale, SEED, true).write(folder.sampleData());
    }

    /** Starts all three services at once and returns when they are ready. */
    public void startServices() {
        progress.accept("Starting web-api, plan-worker and stats-refresher");
        services.values().forEach(ServiceProcess::launch);
        services.values().forEach(service -> {
            service.awaitReady();
            progress.accept(service.service().label() + " is ready");
        });
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /** A streaming replica of the server, not made yet. */
    public Standby standby() {
        return standby;
    }

    public KafkaBroker kafka() {
        return kafka;
    }

    /** The pooler; it runs if the services go through it, or if somebody has started it. */
    public Pooler pooler() {
        return pooler;
    }

    /** Whether the services go through the pooler: the settings want it and PgBouncer is installed. */
    public boolean isPooled() {
        return pooled;
    }

    /** The first replica of a service, on the port of the settings. */
    public ServiceProcess service(Service service) {
        return Objects.requireNonNull(services.get(service));
    }

    /**
     * Another replica on a free port, not started yet.
     *
     * @param environment variables that it gets besides, or instead of, what the stack sets; an empty password takes it away
     */
    public ServiceProcess replica(Service service, Map<String, String> environment) {
        int port = Ports.oneFree();
        ServiceProcess replica = process(service, port, service.label() + "-" + port, environment);
        replicas.add(replica);
        return replica;
    }

    /**
     * An access token for a user, valid for 12 hours of the settings' clock; PostgreSQL must be running.
     *
     * @throws StackException if there is no such user
     */
    public String token(long userId, String... groups) {
        long tenantId = tenantOf(userId)
                .orElseThrow(() -> new StackException("there is no user " + userId + " in the database"));
        return token(userId, tenantId, groups);
    }

    /** The same for a user whose tenant is known; asks nothing of the database. */
    public String token(long userId, long tenantId, String... groups) {
        return tokens.issue(userId, tenantId, Set.of(groups), TOKEN_VALIDITY);
    }

    /** As {@link #token(long, String...)}, for many users whose tenant the caller knows. */
    public String tokenOf(long userId, long tenantId, String... groups) {
        return tokens.issue(userId, tenantId, Set.of(groups), TOKEN_VALIDITY);
    }

    /** The folder with one log file per process. */
    public Path logs() {
        return folder.logs();
    }

    /** Where {@link Up} leaves the learner's token. */
    Path learnerToken() {
        return folder.learnerToken();
    }

    /** One line about a part that ended without having been asked to; asks nothing of the parts. */
    public Optional<String> death() {
        return children.firstDeath().map(ManagedProcess::obituary);
    }

    /** Stops services, pooler, Kafka and PostgreSQL in that order, each within a bound, and gives the folder back. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        children.close();
        try {
            attempt(this::stopServices);
            attempt(pooler::stop);
            attempt(kafka::stop);
            attempt(standby.server()::stop);
            attempt(postgres::stop);
        } finally {
            folder.close();
        }
    }

    private void stopServices() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            services.values().forEach(service -> threads.execute(() -> attempt(service::terminate)));
            replicas.forEach(replica -> threads.execute(() -> attempt(replica::terminate)));
        }
    }

    /** One part that will not stop is no reason to leave the others running. */
    private void attempt(Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            progress.accept("Stopping failed: " + e.getMessage());
        }
    }

    private ServiceProcess process(Service service, int port, String logName, Map<String, String> own) {
        var environment = new HashMap<String, String>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put(
                "TIDEGATE_DATABASE_URL",
                "postgresql://127.0.0.1:%d/%s".formatted(settings.ports().postgres(), PostgresServer.DATABASE));
        environment.putAll(pooled ? pooler.environment() : Pooler.NO_ENVIRONMENT);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put(Profile.VARIABLE, settings.profile().label());
        environment.put("TIDEGATE_JWT_PUBLIC_KEY", tokens.publicKey().toString());
        environment.put("TIDEGATE_JWT_ISSUER", Tokens.ISSUER);
        for (DatabaseRole role : service.roles()) {
            environment.put(Service.passwordVariable(role), secrets.password(role));
        }
        environment.putAll(own);
        environment
                .entrySet()
                .removeIf(variable -> variable.getKey().endsWith("_PASSWORD")
                        && variable.getValue().isEmpty());
        return new ServiceProcess(
                service,
                port,
                service.jar(settings.repository()),
                folder.root(),
                folder.log(logName),
                environment,
                children);
    }

    private static void requireSameScale(DataFolder folder, Scale wanted) {
        SampleDataRecord.read(folder.sampleData())
                .filter(loaded -> loaded.scale() != wanted)
                .ifPresent(loaded -> {
                    throw new StackException("%s holds sample data of scale %s, not %s; add --fresh to replace it"
                            .formatted(folder.root(), lowerCase(loaded.scale()), lowerCase(wanted)));
                });
    }

    /** Asked for only while the data is still to be written: later it grows by what is used. */
    private static void requireSpace(DataFolder folder, Scale scale) {
        boolean loaded = SampleDataRecord.read(folder.sampleData())
                .filter(SampleDataRecord::complete)
                .isPresent();
        long needed = loaded || scale == Scale.SMALL ? SMALL_BYTES : INCIDENT_BYTES;
        if (folder.usableBytes() < needed) {
            throw new StackException("%s has %.1f GiB left and scale %s needs %d GiB"
                    .formatted(folder.root(), (double) folder.usableBytes() / GIB, lowerCase(scale), needed / GIB));
        }
    }

    private static String lowerCase(Scale scale) {
        return scale.name().toLowerCase(Locale.ROOT);
    }

    private static final Sql TENANT_OF = Sql.of("Stack.tenantOf", "select tenant_id from users where id = $1");

    private Optional<Long> tenantOf(long userId) {
        return new JdbcSql(postgres.superuser(), new SimpleMeterRegistry())
                .one(TENANT_OF, row -> row.get("tenant_id", Long.class), userId);
    }
}
