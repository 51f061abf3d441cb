package dev.tidegate.sql.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide quotes of the budget and of the topics is what they say. */
class ScalingGuideTest {

    private static final Path DEPLOY = Path.of("../deploy");

    /** {@code `plan-worker.plan_interactive` = 6}. */
    private static final Pattern QUOTED = Pattern.compile("`((?:[a-z-]+\\.)?[a-z_-]+)`\\s+=\\s+(\\d+)");

    /** {@code `plan-requests` has 6 partitions and `plan-precompute` 2}. */
    private static final Pattern PARTITIONS =
            Pattern.compile("`plan-requests` has (\\d+) partitions and `plan-precompute` (\\d+)");

    @Test
    void quotedNumbersOfConnectionsAreCurrent() throws IOException {
        Properties budget = Budgets.shipped();
        List<MatchResult> quoted = QUOTED.matcher(guide()).results().toList();

        assertThat(quoted)
                .hasSizeGreaterThan(7)
                .allSatisfy(number -> assertThat(budget.getProperty(number.group(1)))
                        .as(number.group())
                        .isEqualTo(number.group(2)));
    }

    @Test
    void quotedPartitionsAreCurrent() throws IOException {
        var topics = new Properties();
        try (Reader in = Files.newBufferedReader(DEPLOY.resolve("contracts/topics.properties"))) {
            topics.load(in);
        }

        assertThat(PARTITIONS.matcher(guide()).results()).singleElement().satisfies(found -> {
            assertThat(found.group(1)).isEqualTo(topics.getProperty("plan-requests"));
            assertThat(found.group(2)).isEqualTo(topics.getProperty("plan-precompute"));
        });
    }

    /** What the guide computes from the numbers, so that whoever changes these changes that. */
    @Test
    void quotedSumsAreCurrent() throws IOException {
        ConnectionBudget budget = ConnectionBudget.load(Profile.FULL);
        int webApi = budget.of(DatabaseRole.WEB_API);
        int interactive = budget.of(DatabaseRole.PLAN_INTERACTIVE);
        int precompute = budget.of(DatabaseRole.PLAN_PRECOMPUTE);

        assertThat(guide().replaceAll("\\s+", " "))
                .contains("fits %d ÷ 0.002 = %,d statements".formatted(webApi, webApi * 500))
                .contains("the lanes' %d + %d at work, %d sessions"
                        .formatted(interactive, precompute, webApi + interactive + precompute))
                .contains("holds %d ÷ n".formatted(webApi));
    }

    private static String guide() throws IOException {
        return Files.readString(DEPLOY.resolve("SCALING.md"));
    }
}
