package dev.tidegate.stack.data;

import dev.tidegate.sql.Sql;

/** What is done to the tables before and after they are filled. */
final class TableStatements {

    private final Sample sample;

    TableStatements(Sample sample) {
        this.sample = sample;
    }

    /** Everything but the time zones, which a migration wrote; what refers to these tables goes with them. */
    private static final Sql EMPTY = Sql.of("TableStatements.empty", """
            truncate tenants, users, subjects, topics, lessons, tags, questions, exercises, flashcards,
                     plan_failures, precompute_runs, subject_content_stats, topic_content_stats, tag_content_stats,
                     quiz_pools, quiz_slots, content_sweeps
            restart identity cascade
            """);

    void empty() {
        sample.sql().update(EMPTY);
    }

    private static final Sql FORGET_CHANGES = Sql.of("TableStatements.forgetChanges", "truncate content_changes");

    /** The first sweep of stats-refresher counts everything; the list of what was written would only repeat that. */
    void forgetChanges() {
        sample.sql().update(FORGET_CHANGES);
    }

    private static final Sql MOVE_SEQUENCES = Sql.of("TableStatements.moveSequences", """
            select setval(pg_get_serial_sequence('subjects', 'id'), (select max(id) from subjects)),
                   setval(pg_get_serial_sequence('topics', 'id'), (select max(id) from topics)),
                   setval(pg_get_serial_sequence('lessons', 'id'), (select max(id) from lessons)),
                   setval(pg_get_serial_sequence('tags', 'id'), (select max(id) from tags)),
                   setval(pg_get_serial_sequence('questions', 'id'), (select max(id) from questions)),
                   setval(pg_get_serial_sequence('exercises', 'id'), (select max(id) from exercises)),
                   setval(pg_get_serial_sequence('tenants', 'id'), (select max(id) from tenants)),
                   setval(pg_get_serial_sequence('users', 'id'), (select max(id) from users)),
                   setval(pg_get_serial_sequence('decks', 'id'), (select max(id) from decks)),
                   setval(pg_get_serial_sequence('flashcards', 'id'), (select max(id) from flashcards)),
                   setval(pg_get_serial_sequence('tests', 'id'), (select max(id) from tests)),
                   true as moved
            """);

    /** Rows were written with ids of their own; the next one written by a service must come after them. */
    void moveSequences() {
        sample.sql().list(MOVE_SEQUENCES, row -> row.get("moved", Boolean.class));
    }

    private static final Sql VACUUM = Sql.of("TableStatements.vacuum", """
            vacuum (analyze) subjects, topics, lessons, tags, questions, question_tags, exercises, exercise_assets,
                tenants, users, enrolments, decks, deck_subjects, flashcards, reviews, topic_progress,
                question_history, lesson_completions, exercise_completions, tests, test_topics, test_questions,
                study_days, content_changes
            """);

    /** Statistics for the planner, and the visibility map without which no index-only scan is one. */
    void vacuum() {
        sample.sql().update(VACUUM);
    }
}
