-- Who may read and write what. A table has one writing tier; a new table is granted here or nobody sees it.

revoke all on all tables in schema public
    from web_api, plan_interactive, plan_precompute, plan_worker, stats_refresher, content_import;
-- The day is asked for by requests and by house-keeping; the lanes are told it.
revoke execute on function plan_date(timestamptz, text, smallint)
    from plan_interactive, plan_precompute, stats_refresher;

-- web-api reads what a request may show and writes what users and editors do. Quotas of tenants it only reads.
grant select on
    subjects, topics, lessons, tags, questions, question_tags, exercises, exercise_assets,
    users, enrolments, decks, deck_subjects, flashcards, reviews, topic_progress, question_history,
    lesson_completions, exercise_completions, tests, test_topics, test_questions, study_days, idempotency_keys,
    daily_plans, daily_plan_completions, plan_failures, tenant_quotas,
    subject_content_stats, topic_content_stats, tag_content_stats, quiz_pools, quiz_slots,
    content_changes, content_imports
    to web_api;
grant insert, update, delete on
    subjects, topics, lessons, tags, questions, exercises, exercise_assets, decks, flashcards, idempotency_keys
    to web_api;
grant insert, update on
    deck_subjects, reviews, topic_progress, question_history, tests, test_questions, study_days,
    content_imports
    to web_api;
grant insert, delete on question_tags, daily_plan_completions to web_api;
grant insert on lesson_completions, test_topics to web_api;
grant update on users to web_api;

-- An import adds content and changes none; it counts the cards of the deck that it fills and notes its own end.
grant select on subjects, topics, tags, lessons, decks, deck_subjects, content_imports to content_import;
grant select (id), insert on questions to content_import;
grant insert on tags, question_tags, lessons, flashcards, deck_subjects to content_import;
grant update on decks, deck_subjects, content_imports to content_import;

-- The lanes read what a plan is made of and write plans; they cannot remove one.
grant select on
    users, enrolments, subjects, topics, topic_progress, topic_content_stats, reviews,
    lessons, lesson_completions, exercises, exercise_completions, daily_plans
    to plan_interactive, plan_precompute;
grant insert, update on daily_plans to plan_interactive, plan_precompute;

-- House-keeping keeps the books of failures and runs, and finds the users whose day is about to begin.
grant select on users, daily_plans, plan_failures, precompute_runs to plan_worker;
grant insert, update on plan_failures to plan_worker;
grant insert, update, delete on precompute_runs to plan_worker;

-- stats-refresher counts content and writes nothing else.
grant select on
    subjects, topics, lessons, tags, questions, question_tags, exercises, exercise_assets, flashcards,
    subject_content_stats, topic_content_stats, tag_content_stats, quiz_pools, quiz_slots, content_changes,
    content_refresh_turn, content_sweeps
    to stats_refresher;
grant insert, update, delete on
    subject_content_stats, topic_content_stats, tag_content_stats, quiz_pools, quiz_slots
    to stats_refresher;
grant delete on content_changes to stats_refresher;
-- To lock its row.
grant update on content_refresh_turn to stats_refresher;
grant insert, update on content_sweeps to stats_refresher;
