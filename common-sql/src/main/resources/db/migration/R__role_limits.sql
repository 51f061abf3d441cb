-- Each role's share of the connection budget and its timeouts. They are settings of the role, so they hold on
-- every path: direct, through the pooler, and for somebody with psql. The limits are placeholders that the
-- connection budget fills; Flyway runs this file again when one of them changes.
--
-- Why these times: web-api answers a person, who is gone after 2 s. A batch of 100 plans is one short
-- transaction of a few statements, none of which may hold a lane for longer than 8 s; waiting for another
-- batch's row (the same user requested twice) is part of that. stats-refresher may recount all content. An import is
-- one transaction of batches: each is short, all of 200,000 long entries take minutes, and it reads its file between.

alter role web_api connection limit ${limit_web_api};
alter role web_api set statement_timeout = '2s';
alter role web_api set lock_timeout = '1s';
alter role web_api set idle_in_transaction_session_timeout = '2s';
alter role web_api set transaction_timeout = '4s';

alter role plan_interactive connection limit ${limit_plan_interactive};
alter role plan_interactive set statement_timeout = '8s';
alter role plan_interactive set lock_timeout = '4s';
alter role plan_interactive set idle_in_transaction_session_timeout = '4s';
alter role plan_interactive set transaction_timeout = '16s';

alter role plan_precompute connection limit ${limit_plan_precompute};
alter role plan_precompute set statement_timeout = '8s';
alter role plan_precompute set lock_timeout = '4s';
alter role plan_precompute set idle_in_transaction_session_timeout = '4s';
alter role plan_precompute set transaction_timeout = '16s';

alter role plan_worker connection limit ${limit_plan_worker};
alter role plan_worker set statement_timeout = '4s';
alter role plan_worker set lock_timeout = '2s';
alter role plan_worker set idle_in_transaction_session_timeout = '4s';
alter role plan_worker set transaction_timeout = '8s';

alter role stats_refresher connection limit ${limit_stats_refresher};
alter role stats_refresher set statement_timeout = '30s';
alter role stats_refresher set lock_timeout = '5s';
alter role stats_refresher set idle_in_transaction_session_timeout = '5s';
alter role stats_refresher set transaction_timeout = '60s';

alter role content_import connection limit ${limit_content_import};
alter role content_import set statement_timeout = '20s';
alter role content_import set lock_timeout = '5s';
alter role content_import set idle_in_transaction_session_timeout = '30s';
alter role content_import set transaction_timeout = '5min';
