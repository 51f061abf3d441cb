package dev.tidegate.api.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The reads that may come from a replica, all of them. Whoever adds one says here why its reader does not miss what was
 * just written; plans and their status, cards, decks, reviews, running quizzes, idempotency keys and what is kept in
 * memory after a read never are among them.
 */
class LagTolerantReadsTest {

    private static final JavaClasses WEB_API = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tidegate.api");

    @Test
    void onlyListedQueriesTolerateLag() {
        assertThat(WEB_API.stream()
                        .filter(type -> !type.getPackageName().equals("dev.tidegate.api.replica"))
                        .filter(LagTolerantReadsTest::canReadFromAReplica)
                        .map(JavaClass::getName))
                .containsExactlyInAnyOrder(
                        // An assistant's retrieval over the content bank, which editors change.
                        "dev.tidegate.api.question.RelatedQueries",
                        // Pages after the first, of tests that were drawn before those of the first.
                        "dev.tidegate.api.pasttests.PastTestQueries");
    }

    private static boolean canReadFromAReplica(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency ->
                        dependency.getTargetClass().getPackageName().equals("dev.tidegate.api.replica"));
    }
}
