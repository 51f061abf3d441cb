package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlTest {

    @Test
    void nameFollowsTheFirstKeywordAsAComment() {
        Sql sql = Sql.of("PlanQueries.today", """
                select items
                from daily_plans
                where user_id = $1 and plan_date = $2
                """);

        assertThat(sql.text()).isEqualTo("""
                select /* PlanQueries.today */ items
                from daily_plans
                where user_id = $1 and plan_date = $2""");
        assertThat(sql.name()).isEqualTo("PlanQueries.today").isEqualTo(sql.toString());
        assertThat(sql.bindCount()).isEqualTo(2);
    }

    @Test
    void nameFollowsTheKeywordAlsoBehindACommentOrParenthesis() {
        assertThat(Sql.of("Some.query", "-- why it is written so\n/* and so */\nwith x as (select 1) table x")
                        .text())
                .isEqualTo("-- why it is written so\n/* and so */\nwith /* Some.query */ x as (select 1) table x");
        assertThat(Sql.of("Some.query", "(select 1) union all (select 2)").text())
                .isEqualTo("(select /* Some.query */ 1) union all (select 2)");
        assertThat(Sql.of("Some.query", "SELECT 1").text()).isEqualTo("SELECT /* Some.query */ 1");
    }

    @Test
    void textWithoutAKeywordIsRefused() {
        assertThatThrownBy(() -> Sql.of("Some.query", " -- nothing but a comment"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Some.query does not begin with a keyword");
    }

    @Test
    void nameOfAnotherFormIsRefused() {
        assertRefused(() -> Sql.of("page", "select 1"), "page");
        assertRefused(() -> Sql.of("pastTests.page", "select 1"), "pastTests.page");
        assertRefused(() -> Sql.of("PastTests.Page", "select 1"), "PastTests.Page");
        assertRefused(() -> Sql.of("PastTests.page */ drop", "select 1"), "PastTests.page */ drop");
        assertRefused(() -> Sql.of("", "select 1"), "");
    }

    private static void assertRefused(Runnable declaration, String name) {
        assertThatThrownBy(declaration::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a statement's name is Class.method, not " + name);
    }
}
