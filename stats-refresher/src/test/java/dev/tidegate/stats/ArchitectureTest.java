package dev.tidegate.stats;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tidegate.sql.testing.SqlRules;
import dev.tidegate.sql.testing.Statements;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses STATS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tidegate.stats");

    @Test
    void sqlRunsOnlyThroughTheRunner() {
        SqlRules.onlySqlRunsSql().check(STATS);
    }

    @Test
    void nothingKeepsSessionState() {
        SqlRules.nothingKeepsSessionState().check(STATS);
        Statements.declaredIn("dev.tidegate.stats").assertNoSessionState();
    }

    @Test
    void timeComesFromTheInjectedClock() {
        SqlRules.nothingAsksForTheTimeItself().check(STATS);
    }
}
