package dev.tidegate.sql.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Rules on classes that every module holds; a test of the module checks its classes against each. */
public final class SqlRules {

    /** Simple name of the one class of a service that may make a clock of the system's time. */
    public static final String CLOCK_PRODUCER = "ClockProducer";

    private static final List<Door> DOORS_TO_THE_DATABASE = List.of(
            Door.ofType("java.sql.Connection", "prepareStatement|prepareCall|createStatement|nativeSQL"),
            Door.ofType("java.sql.Statement", "execute.*|addBatch"),
            Door.ofPackage("io\\.vertx\\.(mutiny\\.)?(sqlclient|pgclient)", "query|prepare.*|prepared.*|execute.*"),
            Door.ofPackage(
                    "jakarta\\.persistence|org\\.hibernate",
                    "create\\w*(Query|Call)|createNamed\\w*|createQuery\\w*|executeUpdate|getResult\\w*|getSingleResult\\w*"
                            + "|find\\w*|get(Multiple|Reference)|persist\\w*|merge\\w*|remove\\w*|refresh\\w*"
                            + "|insert\\w*|update\\w*|upsert\\w*|delete\\w*|fetch"),
            Door.ofPackage("io\\.quarkus\\.hibernate\\.(orm|reactive)\\.panache", ".*"),
            Door.ofPackage("org\\.(flywaydb|jdbi|jooq|apache\\.ibatis)|org\\.springframework\\.(jdbc|r2dbc)", ".*"),
            Door.ofPackage("liquibase|io\\.r2dbc", ".*"));

    private static final Set<String> TYPES_WITH_NOW = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.LocalTime",
            "java.time.MonthDay",
            "java.time.OffsetDateTime",
            "java.time.OffsetTime",
            "java.time.Year",
            "java.time.YearMonth",
            "java.time.ZonedDateTime");

    private static final Pattern SESSION_SETTERS =
            Pattern.compile("set(ReadOnly|TransactionIsolation|Holdability|Schema|Catalog|ClientInfo)");

    /** Type, concurrency and holdability of a result. */
    private static final int OPTIONS_WITH_HOLDABILITY = 3;

    private static final String CLOCK = "java.time.Clock";

    private SqlRules() {}

    /**
     * Outside {@code dev.tidegate.sql} nobody sends a statement by a driver, an object-relational mapper or a
     * migration tool: {@code Sql} is the only door, and it admits constant texts only.
     */
    public static ArchRule onlySqlRunsSql() {
        return noClasses()
                .that(DescribedPredicate.not(resideInAPackage("dev.tidegate.sql..")))
                .should()
                .accessTargetWhere(calls("a method that sends a statement", SqlRules::sendsAStatement))
                .because("data never becomes SQL text: statements are constants of dev.tidegate.sql.Sql")
                .as("only dev.tidegate.sql runs SQL")
                .allowEmptyShould(true);
    }

    /**
     * Nobody asks for the time but a class named {@value #CLOCK_PRODUCER}; the others are given a clock, so that
     * tests and the rollover simulator decide what "now" is. {@code System.nanoTime} measures durations and is free.
     */
    public static ArchRule nothingAsksForTheTimeItself() {
        return noClasses()
                .that(DescribedPredicate.not(simpleName(CLOCK_PRODUCER)))
                .should()
                .accessTargetWhere(calls("the system's clock", SqlRules::asksForTheTime))
                .because("time comes from an injected clock; only " + CLOCK_PRODUCER + " makes one")
                .as("nothing asks for the time itself")
                .allowEmptyShould(true);
    }

    /**
     * Nobody changes a session through the driver: behind a pooler in transaction mode the next transaction, and maybe
     * somebody else, has that session. The text of statements is {@link SessionState}'s concern.
     */
    public static ArchRule nothingKeepsSessionState() {
        return noClasses()
                .should()
                .accessTargetWhere(calls("a method that changes the session", SqlRules::changesTheSession))
                .because("a session belongs to one transaction only")
                .as("nothing keeps session state")
                .allowEmptyShould(true);
    }

    private static boolean changesTheSession(CodeUnitAccessTarget target) {
        if (target.getOwner().getPackageName().startsWith("io.agroal")) {
            return target.getName().matches("initialSql|jdbcTransactionIsolation");
        }
        if (!target.getOwner().isAssignableTo("java.sql.Connection")) {
            return false;
        }
        long options = target.getRawParameterTypes().stream()
                .filter(type -> type.isEquivalentTo(int.class))
                .count();
        return SESSION_SETTERS.matcher(target.getName()).matches()
                || (target.getName().matches("createStatement|prepare\\w+") && options == OPTIONS_WITH_HOLDABILITY);
    }

    private static boolean sendsAStatement(CodeUnitAccessTarget target) {
        return DOORS_TO_THE_DATABASE.stream().anyMatch(door -> door.isPassedBy(target));
    }

    private static boolean asksForTheTime(CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        boolean givenAClock = target.getRawParameterTypes().stream().anyMatch(type -> type.isAssignableTo(CLOCK));
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case CLOCK -> name.startsWith("system") || (name.startsWith("tick") && !givenAClock);
            case "java.time.InstantSource" -> name.equals("system");
            case "java.util.Date", "java.util.GregorianCalendar" ->
                name.equals("<init>") && target.getRawParameterTypes().isEmpty();
            case "java.util.Calendar" -> name.equals("getInstance");
            default -> TYPES_WITH_NOW.contains(owner) && name.equals("now") && !givenAClock;
        };
    }

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> calls(String description, Predicate<CodeUnitAccessTarget> target) {
        return DescribedPredicate.describe(
                "it is " + description,
                access -> access.getTarget() instanceof CodeUnitAccessTarget called && target.test(called));
    }

    /** Methods of a family of types through which a statement reaches the database. */
    private record Door(Pattern packages, String supertype, Pattern methods) {

        static Door ofType(String supertype, String methods) {
            return new Door(Pattern.compile(""), supertype, Pattern.compile(methods));
        }

        /** Of all types in packages that start so. */
        static Door ofPackage(String packages, String methods) {
            return new Door(Pattern.compile("(" + packages + ")(\\..*)?"), "", Pattern.compile(methods));
        }

        boolean isPassedBy(CodeUnitAccessTarget target) {
            JavaClass owner = target.getOwner();
            boolean ofThisDoor = supertype.isEmpty()
                    ? packages.matcher(owner.getPackageName()).matches()
                    : owner.isAssignableTo(supertype);
            return ofThisDoor && methods.matcher(target.getName()).matches();
        }
    }
}
