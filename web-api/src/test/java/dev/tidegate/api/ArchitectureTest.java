package dev.tidegate.api;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tidegate.sql.testing.SqlRules;
import dev.tidegate.sql.testing.Statements;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses WEB_API = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tidegate.api");

    @Test
    void sqlRunsOnlyThroughTheRunner() {
        SqlRules.onlySqlRunsSql().check(WEB_API);
    }

    @Test
    void nothingKeepsSessionState() {
        SqlRules.nothingKeepsSessionState().check(WEB_API);
        Statements.declaredIn("dev.tidegate.api").assertNoSessionState();
    }

    @Test
    void timeComesFromTheInjectedClock() {
        SqlRules.nothingAsksForTheTimeItself().check(WEB_API);
    }
}
