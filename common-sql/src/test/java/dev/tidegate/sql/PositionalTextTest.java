package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionalTextTest {

    @Test
    void eachBindBecomesAQuestionMark() {
        PositionalText positional = PositionalText.of("select $2::text, $1 from users where id = $3");

        assertThat(positional.text()).isEqualTo("select ?::text, ? from users where id = ?");
        assertThat(positional.order()).isEqualTo(List.of(2, 1, 3));
        assertThat(positional.bindCount()).isEqualTo(3);
    }

    @Test
    void repeatedBindIsTakenAgain() {
        PositionalText positional = PositionalText.of("select * from t where a = $1 and (b = $2 or c = $1)");

        assertThat(positional.text()).isEqualTo("select * from t where a = ? and (b = ? or c = ?)");
        assertThat(positional.order()).isEqualTo(List.of(1, 2, 1));
        assertThat(positional.bindCount()).isEqualTo(2);
    }

    @Test
    void bindOfTwoDigitsIsOneBind() {
        PositionalText positional = PositionalText.of("select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10");

        assertThat(positional.order()).endsWith(9, 10);
        assertThat(positional.bindCount()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'costs $1, really?'",
                "select 'it''s $1?', ''",
                "select E'it\\'s $1?' from t",
                "select \"odd $1 column?\", \"say \"\"$2?\"\"\" from t",
                "select 1 -- is $1 meant?\nfrom t",
                "select 1 -- it's the last line's $1?",
                "select /* $1 or ? isn't \" a bind */ 1",
                "select amount$1, price::text from t",
                "select 'a\\' from t",
            })
    void literalsQuotedIdentifiersAndCommentsPassUntouched(String text) {
        PositionalText positional = PositionalText.of(text);

        assertThat(positional.text()).isEqualTo(text);
        assertThat(positional.bindCount()).isZero();
    }

    @Test
    void bindBehindALiteralOrCommentIsStillFound() {
        PositionalText positional = PositionalText.of("select 'a''b', $1 /* it's */, \"x\" -- why?\n, $2");

        assertThat(positional.text()).isEqualTo("select 'a''b', ? /* it's */, \"x\" -- why?\n, ?");
    }

    @Test
    void castsAreNoBinds() {
        assertThat(PositionalText.of("select now()::date, $1::jsonb, '{}'::int[]")
                        .text())
                .isEqualTo("select now()::date, ?::jsonb, '{}'::int[]");
    }

    @Test
    void operatorWithAQuestionMarkIsDoubled() {
        PositionalText positional = PositionalText.of("select items ? $1, items ?| $2, items @? $3 from t");

        assertThat(positional.text()).isEqualTo("select items ?? ?, items ??| ?, items @?? ? from t");
        assertThat(positional.bindCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select $2", "select $1, $3", "select $0", "select $0, $1"})
    void numberingWithAGapIsRefused(String text) {
        assertThatThrownBy(() -> PositionalText.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("binds must be numbered $1..$n without a gap: " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select $$ $1 $$", "do $body$ begin end $body$", "select $b2$ x $b2$"})
    void dollarQuoteIsRefused(String text) {
        assertThatThrownBy(() -> PositionalText.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dollar quotes are not for application statements: " + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'open",
                "select \"open",
                "select E'open\\'",
                "select 1 /* open",
                "select /* a /* b */ c */ 1"
            })
    void openLiteralAndNestedCommentAreRefused(String text) {
        assertThatThrownBy(() -> PositionalText.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a literal, identifier or comment is not closed, or a comment is nested: " + text);
    }

    @Test
    void longLiteralIsRead() {
        String literal = "'" + "it''s long ".repeat(20_000) + "'";

        assertThat(PositionalText.of("select " + literal + ", $1").text()).isEqualTo("select " + literal + ", ?");
    }
}
