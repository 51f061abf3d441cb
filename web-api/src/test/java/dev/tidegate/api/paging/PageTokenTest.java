package dev.tidegate.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.api.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {

    private static final Instant TIME = Instant.parse("2026-03-10T12:00:00.123456Z");

    @Test
    void keysComeBackAsTheyWere() {
        String text = PageToken.of("list/7", TIME, 42L, LocalDate.of(2026, 3, 10));

        PageToken token = PageToken.read("list/7", text).orElseThrow();

        assertThat(token.instant(0)).isEqualTo(TIME);
        assertThat(token.number(1)).isEqualTo(42);
        assertThat(token.date(2)).isEqualTo("2026-03-10");
        assertThat(text).hasSizeLessThan(PageToken.MAX_LENGTH);
    }

    @Test
    void noCursorIsTheFirstPage() {
        assertThat(PageToken.read("list/7", null)).isEmpty();
    }

    @Test
    void cursorOfAnotherListOrReaderIsRefused() {
        String text = PageToken.of("list/7", 1L);

        assertRefused("list/8", text);
    }

    @Property(tries = 500)
    void alteredCursorIsRefused(@ForAll @IntRange(min = 0, max = 60) int at, @ForAll byte flip) {
        byte[] token = Base64.getUrlDecoder().decode(PageToken.of("list/7", TIME, 42L));
        int position = at % token.length;
        if (flip != 0) {
            token[position] ^= flip;
            assertRefused("list/7", Base64.getUrlEncoder().withoutPadding().encodeToString(token));
        }
    }

    @Property(tries = 500)
    void textThatIsNoCursorIsRefused(@ForAll @StringLength(min = 1, max = 100) String text) {
        assertRefused("list/7", text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void keysOfAnotherKindAreRefused(int key) {
        PageToken token =
                PageToken.read("list/7", PageToken.of("list/7", "x", "y")).orElseThrow();

        assertThatThrownBy(() -> token.number(key)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> token.instant(key)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> token.date(key)).isInstanceOf(Problem.class);
    }

    private static void assertRefused(String list, String text) {
        assertThatThrownBy(() -> PageToken.read(list, text)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.getMessage()).startsWith("cursor: ");
        });
    }
}
