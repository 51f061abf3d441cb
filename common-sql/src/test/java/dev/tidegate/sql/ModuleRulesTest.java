package dev.tidegate.sql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tidegate.sql.testing.SqlRules;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the module's production classes may not know. */
class ModuleRulesTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tidegate");

    @Test
    void noFeatureIsKnown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tidegate.api..", "dev.tidegate.worker..", "dev.tidegate.stats..")
                .check(MAIN);
    }

    @Test
    void noBrokerAndNoWebFrameworkIsKnown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.eclipse.microprofile.reactive..",
                        "io.smallrye.reactive..",
                        "jakarta.ws.rs..",
                        "io.vertx.core.http..",
                        "com.fasterxml.jackson..",
                        "io.quarkus..")
                .check(MAIN);
    }

    /** Hibernate Reactive and Flyway are optional: a service without them must be able to load the other classes. */
    @Test
    void optionalLibrariesAreKnownOnlyWhereTheyAreUsed() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Reactive")
                .and()
                .haveNameNotMatching(".*\\.Reactive\\w*\\$.*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.hibernate..", "jakarta.persistence..", "io.vertx..", "io.smallrye.mutiny..")
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tidegate.sql.migrate..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.flywaydb..")
                .check(MAIN);
    }

    @Test
    void budgetKnowsNothingOfTheRunners() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.sql.budget..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tidegate.sql", "dev.tidegate.sql.migrate..", "java.sql..")
                .check(MAIN);
    }

    @Test
    void nothingAsksForTheTimeItself() {
        SqlRules.nothingAsksForTheTimeItself().check(MAIN);
    }

    @Test
    void nothingKeepsSessionState() {
        SqlRules.nothingKeepsSessionState().check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> packages = MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(packages)
                .hasSizeGreaterThan(2)
                .allSatisfy(name -> assertThat(MAIN.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .as("%s is @NullMarked", name)
                        .isTrue());
    }
}
