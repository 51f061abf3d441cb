package dev.tidegate.sql.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule fails for each way of breaking it, and for nothing else. */
class SqlRulesTest {

    private static final String VIOLATING = "dev.tidegate.violating.";
    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages("dev.tidegate.violating");

    @ParameterizedTest
    @MethodSource("methodsThatRunSql")
    void statementWithoutSqlIsFound(String method) {
        assertThat(violations(SqlRules.onlySqlRunsSql()))
                .anySatisfy(violation ->
                        assertThat(violation).contains("<" + VIOLATING + "RunsSqlByItself." + method + "("));
    }

    static List<String> methodsThatRunSql() {
        return methodsOf("RunsSqlByItself");
    }

    @ParameterizedTest
    @MethodSource("methodsThatAskForTheTime")
    void questionForTheTimeIsFound(String method) {
        assertThat(violations(SqlRules.nothingAsksForTheTimeItself()))
                .anySatisfy(violation ->
                        assertThat(violation).contains("<" + VIOLATING + "AsksForTheTime." + method + "("));
    }

    static List<String> methodsThatAskForTheTime() {
        return methodsOf("AsksForTheTime");
    }

    @ParameterizedTest
    @MethodSource("methodsThatChangeTheSession")
    void changeOfTheSessionIsFound(String method) {
        assertThat(violations(SqlRules.nothingKeepsSessionState()))
                .anySatisfy(violation ->
                        assertThat(violation).contains("<" + VIOLATING + "KeepsSessionState." + method + "("));
    }

    static List<String> methodsThatChangeTheSession() {
        return methodsOf("KeepsSessionState");
    }

    @Test
    void statementWithoutOptionsChangesNoSession() {
        assertThat(violations(SqlRules.nothingKeepsSessionState()))
                .noneMatch(violation -> violation.contains("RunsSqlByItself"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ClockProducer", "AsksAGivenClock"})
    void classThatBreaksNothingIsLeftAlone(String type) {
        assertThat(violations(SqlRules.onlySqlRunsSql())).noneMatch(violation -> violation.contains(VIOLATING + type));
        assertThat(violations(SqlRules.nothingAsksForTheTimeItself()))
                .noneMatch(violation -> violation.contains(VIOLATING + type));
    }

    private static List<String> violations(ArchRule rule) {
        EvaluationResult result = rule.evaluate(FIXTURES);
        return result.getFailureReport().getDetails();
    }

    private static List<String> methodsOf(String type) {
        return FIXTURES.get(VIOLATING + type).getMethods().stream()
                .map(JavaMethod::getName)
                .filter(name -> !name.startsWith("lambda$"))
                .toList();
    }
}
