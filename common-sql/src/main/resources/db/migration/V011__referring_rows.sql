-- Removing content asks each table that refers to it, by foreign keys and by the statements' own guards. Without an
-- index each of these answers is a scan of what all learners ever did. The referring columns are never updated, so
-- that updates of these rows stay heap-only where they were.
create index questions_any_of_topic on questions (topic_id);
-- Whether learners have cards of a topic is asked apart from the topic's system cards, which are many.
create index flashcards_any_of_topic on flashcards (topic_id, user_id);
create index enrolments_subject on enrolments (subject_id);
create index deck_subjects_subject on deck_subjects (subject_id);
create index topic_progress_topic on topic_progress (topic_id);
create index test_topics_topic on test_topics (topic_id);
create index test_questions_question on test_questions (question_id);
create index question_history_question on question_history (question_id);
create index lesson_completions_lesson on lesson_completions (lesson_id);
create index exercise_completions_exercise on exercise_completions (exercise_id);

-- Failures are listed newest first by keyset: one direction for the whole key, so that a row comparison is one
-- condition on the index, and the whole primary key, so that no two rows share a position.
create index plan_failures_newest on plan_failures (failed_at, user_id, plan_date);
drop index plan_failures_recent;
