package dev.tidegate.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tidegate.sql.testing.SqlRules;
import dev.tidegate.sql.testing.Statements;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tidegate.worker");

    @Test
    void whatAGoodPlanIsNeedsNothingButFacts() {
        classes()
                .that()
                .resideInAPackage("..compose..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.tidegate.worker.compose", "java..", "org.jspecify..")
                .check(WORKER);
    }

    @Test
    void sqlRunsOnlyThroughTheRunner() {
        SqlRules.onlySqlRunsSql().check(WORKER);
    }

    @Test
    void nothingKeepsSessionState() {
        SqlRules.nothingKeepsSessionState().check(WORKER);
        Statements.declaredIn("dev.tidegate.worker").assertNoSessionState();
    }

    @Test
    void timeComesFromTheInjectedClock() {
        SqlRules.nothingAsksForTheTimeItself().check(WORKER);
    }

    @Test
    void laneKnowsNeitherPlansNorStatements() {
        noClasses()
                .that()
                .resideInAPackage("..lane..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..generate..", "..compose..", "dev.tidegate.sql")
                .check(WORKER);
    }
}
