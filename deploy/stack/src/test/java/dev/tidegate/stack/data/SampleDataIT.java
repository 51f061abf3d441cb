package dev.tidegate.stack.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.stack.data.Vocabulary.Concept;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SampleDataIT {

    private static final Instant ANCHOR = Instant.parse("2026-03-02T09:30:00Z");

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final Rows rows = new Rows(DATABASE.superuser());

    @BeforeAll
    static void load() throws SQLException {
        new SampleData(DATABASE.as(DatabaseRole.MIGRATOR), Scale.SMALL, 1, ANCHOR, line -> {}).load();
    }

    @Test
    void hasTheSizeOfItsScale() throws SQLException {
        assertThat(rows.number("select count(*) from users")).isEqualTo(60);
        assertThat(rows.number("select count(distinct tenant_id) from users")).isEqualTo(6);
        assertThat(rows.number("select count(*) from topics")).isEqualTo(12 * 16);
        assertThat(rows.number("select count(*) from questions")).isEqualTo(1_200);
        assertThat(rows.number("select count(*) from questions where validation_status = 'validated'"))
                .isEqualTo(1_140);
        assertThat(rows.number("select count(*) from flashcards where card_type = 'system' and status = 'active'"))
                .isEqualTo(800);
        assertThat(rows.number("select count(*) from flashcards where card_type = 'user'"))
                .isEqualTo(3_000);
        assertThat(rows.number("select count(*) from exercise_assets")).isEqualTo(2_400);
    }

    @Test
    void exactlyOneOptionOfAQuestionIsTheAnswer() throws SQLException {
        Map<String, Concept> concepts = Vocabulary.load().topics().stream()
                .flatMap(topic -> topic.concepts().stream())
                .collect(Collectors.toMap(
                        concept -> "%s: %s. For example: %s"
                                .formatted(concept.term(), concept.definition(), concept.example()),
                        Function.identity()));

        List<String[]> questions = rows.all("select explanation, correct_option, options[1], options[2], options[3],"
                + " options[4] from questions where cardinality(options) = 4");

        assertThat(questions).hasSize(1_200).allSatisfy(question -> {
            Concept concept = Objects.requireNonNull(concepts.get(question[0]), question[0]);
            String definition = concept.definition();
            List<String> right = List.of(
                    concept.term(),
                    definition.substring(0, 1).toUpperCase(Locale.ROOT) + definition.substring(1),
                    concept.clue());
            List<String> options = Arrays.asList(question).subList(2, 6);
            assertThat(options).doesNotHaveDuplicates();
            assertThat(options).filteredOn(right::contains).hasSize(1);
            assertThat(right).contains(options.get(Integer.parseInt(question[1]) - 1));
        });
    }

    @Test
    void noQuestionIsAskedTwice() throws SQLException {
        assertThat(rows.number("select count(distinct (stem, options)) from questions"))
                .isEqualTo(1_200);
    }

    @Test
    void theRightAnswerIsInEveryPosition() throws SQLException {
        assertThat(rows.number("select min(count) from (select count(*) from questions group by correct_option) p"))
                .isGreaterThan(200);
    }

    @Test
    void decksCountTheirCards() throws SQLException {
        assertThat(rows.all("""
                select d.id from decks d
                where card_count <> (select count(*) from flashcards f where f.deck_id = d.id)
                   or card_count <> (select coalesce(sum(s.card_count), 0) from deck_subjects s where s.deck_id = d.id)
                """)).isEmpty();
        assertThat(rows.all("""
                select deck_id, subject_id, card_count from deck_subjects
                except
                select f.deck_id, t.subject_id, count(*)::integer
                from flashcards f join topics t on t.id = f.topic_id
                group by 1, 2
                """)).isEmpty();
    }

    @Test
    void cardsBelongToTheOwnerOfTheirDeckAndToASubjectOfTheirs() throws SQLException {
        assertThat(rows.all("""
                select f.id from flashcards f
                join decks d on d.id = f.deck_id
                join topics t on t.id = f.topic_id
                where (f.user_id, f.tenant_id) <> (d.user_id, d.tenant_id)
                   or not exists (select from enrolments e where (e.user_id, e.subject_id) = (d.user_id, t.subject_id))
                """)).isEmpty();
    }

    @Test
    void testsCountTheirRows() throws SQLException {
        assertThat(rows.all("""
                select t.id from tests t
                cross join lateral (
                    select count(*) as asked, count(answered_at) as answered, count(*) filter (where correct) as correct
                    from test_questions q where q.test_id = t.id
                ) q
                where (question_count, answered_count, correct_count) <> (q.asked, q.answered, q.correct)
                   or topic_count <> (select count(*) from test_topics p where p.test_id = t.id)
                   or (finished_at is null) <> (q.answered < q.asked)
                """)).isEmpty();
    }

    @Test
    void testsAskValidatedQuestionsOfTheirTopicsAndMarkThemRight() throws SQLException {
        assertThat(rows.all("""
                select a.test_id, a.position from test_questions a
                join questions q on q.id = a.question_id
                left join test_topics t on (t.test_id, t.topic_id) = (a.test_id, q.topic_id)
                where t.test_id is null
                   or q.validation_status <> 'validated'
                   or a.correct <> (a.chosen_option = q.correct_option)
                """)).isEmpty();
        assertThat(rows.all("select test_id from test_questions group by test_id, question_id having count(*) > 1"))
                .isEmpty();
    }

    @Test
    void progressAgreesWithHistoryAndCompletions() throws SQLException {
        assertThat(rows.all("""
                with expected as (
                    select user_id, topic_id, sum(answered) as answered, sum(seen) as seen, sum(lesson) as lessons,
                           sum(exercise) as exercises
                    from (
                        select h.user_id, q.topic_id, h.times_seen as answered, 1 as seen, 0 as lesson, 0 as exercise
                        from question_history h join questions q on q.id = h.question_id
                        union all
                        select c.user_id, l.topic_id, 0, 0, 1, 0
                        from lesson_completions c join lessons l on l.id = c.lesson_id
                        union all
                        select c.user_id, e.topic_id, 0, 0, 0, 1
                        from exercise_completions c join exercises e on e.id = c.exercise_id
                    ) event
                    group by 1, 2
                )
                select user_id, topic_id from topic_progress p
                full join expected e using (user_id, topic_id)
                where (p.questions_answered, p.questions_seen, p.lessons_completed, p.exercises_completed)
                      is distinct from (e.answered, e.seen, e.lessons, e.exercises)
                """)).isEmpty();
    }

    @Test
    void nothingHappenedBeforeTheAccountOrAfterTheAnchor() throws SQLException {
        assertThat(rows.all("""
                select u.id from users u
                join (
                    select user_id, created_at as at from tests
                    union all select user_id, finished_at from tests
                    union all select user_id, completed_at from lesson_completions
                    union all select user_id, completed_at from exercise_completions
                    union all select user_id, last_reviewed_at from reviews
                    union all select user_id, last_studied_at from topic_progress
                    union all select user_id, created_at from decks
                    union all select user_id, created_at from flashcards where user_id is not null
                    union all select user_id, enrolled_at from enrolments
                ) event on event.user_id = u.id
                where at < u.created_at or at > '2026-03-02T09:30:00Z'
                """)).isEmpty();
    }

    @Test
    void everyUserLivesInAZoneThatHasAPlanDate() throws SQLException {
        assertThat(rows.number("""
                select count(plan_date('2026-03-02T09:30:00Z', time_zone, day_start_hour))
                from users join time_zones on time_zones.name = users.time_zone
                """)).isEqualTo(60);
    }

    @Test
    void userOneIsATypicalLearner() throws SQLException {
        assertThat(rows.one("select time_zone, daily_minutes, exam_date from users where id = 1"))
                .containsExactly("Europe/Berlin", "45", "2026-05-01");
        assertThat(rows.number("select count(*) from enrolments where user_id = 1"))
                .isEqualTo(4);
        assertThat(rows.number("select count(*) from tests where user_id = 1")).isPositive();
        assertThat(rows.number("select count(*) from reviews where user_id = 1 and due_at <= '2026-03-02T09:30:00Z'"))
                .isPositive();
        assertThat(rows.number("select count(*) from reviews where user_id = 1 and due_at > '2026-03-02T09:30:00Z'"))
                .isPositive();
    }

    @Test
    void userTwoHasTheMostTests() throws SQLException {
        assertThat(rows.number("select count(*) from tests where user_id = 2")).isEqualTo(40);
        assertThat(rows.number("select user_id from tests group by 1 order by count(*) desc limit 1"))
                .isEqualTo(2);
    }

    @Test
    void userThreeIsBrandNew() throws SQLException {
        assertThat(rows.number("select count(*) from enrolments where user_id = 3"))
                .isEqualTo(3);
        assertThat(rows.number(HISTORY_OF + "3")).isZero();
    }

    @Test
    void userFourHasFinishedEverything() throws SQLException {
        assertThat(rows.number("""
                select count(*) from enrolments e
                join topics t on t.subject_id = e.subject_id
                join topic_progress p on (p.user_id, p.topic_id) = (e.user_id, t.id)
                where e.user_id = 4
                  and p.lessons_completed = (select count(*) from lessons l where l.topic_id = t.id)
                  and p.exercises_completed = (select count(*) from exercises x where x.topic_id = t.id)
                """)).isEqualTo(16);
        assertThat(
                        rows.number(
                                "select sum(questions_correct) * 100 / sum(questions_answered) from topic_progress where user_id = 4"))
                .isGreaterThanOrEqualTo(90);
        assertThat(rows.number("select count(*) from reviews where user_id = 4"))
                .isPositive();
        assertThat(rows.number("select count(*) from reviews where user_id = 4 and due_at <= '2026-03-03T09:30:00Z'"))
                .isZero();
    }

    @Test
    void userFiveIsEnrolledInNothing() throws SQLException {
        assertThat(rows.number("select count(*) from enrolments where user_id = 5"))
                .isZero();
        assertThat(rows.number(HISTORY_OF + "5")).isZero();
    }

    @Test
    void newRowsComeAfterTheSampleRows() throws SQLException {
        assertThat(rows.number("""
                with new_user as (
                    insert into users (tenant_id, display_name, time_zone)
                    values (1, 'Newcomer', 'Europe/Berlin')
                    returning id
                ), gone as (
                    insert into subjects (name) values ('Music') returning id
                )
                select new_user.id * 100 + gone.id from new_user, gone
                """)).isEqualTo(61 * 100 + 13);
        rows.run("delete from users where id = 61");
        rows.run("delete from subjects where id = 13");
    }

    private static final String HISTORY_OF = """
            select count(*) from (
                select user_id from tests
                union all select user_id from lesson_completions
                union all select user_id from exercise_completions
                union all select user_id from reviews
                union all select user_id from question_history
                union all select user_id from topic_progress
                union all select user_id from study_days
                union all select user_id from decks
                union all select id from users where last_active_at is not null
            ) history where user_id =\s""";
}
