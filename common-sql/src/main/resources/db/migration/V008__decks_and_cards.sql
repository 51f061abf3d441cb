-- Decks, cards and reviews at the cost of a page.

-- Editing with If-Match compares a number, because a card's text is long and a time is not unique.
alter table decks add column version integer not null default 1;
alter table flashcards add column version integer not null default 1;

comment on column decks.version is 'Grows with every change of the row; the entity tag of the deck.';
comment on column flashcards.version is 'Grows with every change of the row; the entity tag of the card.';

-- What is due is read from reviews alone. So a review knows the deck of its card, and the review of a card that is
-- not active is never due: its due date is infinite, which needs no condition in any statement and no skipping of
-- rows in an index. There is no foreign key to decks, because the card's own already removes the review.
alter table reviews
    add column deck_id bigint,
    add column paused_due_at timestamptz,
    add column learning_step smallint check (learning_step between 0 and 1),
    add constraint reviews_paused check ((paused_due_at is null) = (due_at < 'infinity'));

comment on column reviews.deck_id is 'The deck of the card, copied from it by a trigger; null for system cards.';
comment on column reviews.paused_due_at is
    'When the card will be due once it is active again; null while it is. Meanwhile due_at is infinite.';
comment on column reviews.learning_step is
    'Which of the short steps of the first day, or of the day after forgetting, comes next; null once the interval is in days.';

update reviews r
set deck_id = f.deck_id,
    due_at = case when f.status = 'active' then r.due_at else 'infinity' end,
    paused_due_at = case when f.status = 'active' then null else r.due_at end
from flashcards f
where f.id = r.flashcard_id
  and (f.deck_id is not null or f.status <> 'active');

-- A trigger and not the statements that write cards, because editors archive system cards elsewhere. It runs for
-- rows whose status or deck changes, and costs nothing otherwise.
create function copy_card_to_reviews()
    returns trigger
    language plpgsql
as
$$
begin
    update reviews
    set deck_id = new.deck_id,
        due_at = case when new.status = 'active' then coalesce(paused_due_at, due_at) else 'infinity' end,
        paused_due_at = case when new.status = 'active' then null else coalesce(paused_due_at, due_at) end
    where flashcard_id = new.id;
    return null;
end
$$;

comment on function copy_card_to_reviews() is 'Keeps what reviews know of their card: its deck and whether it is active.';

revoke all on function copy_card_to_reviews() from public;

create trigger flashcards_to_reviews
    after update of status, deck_id
    on flashcards
    for each row
    when (old.status <> new.status or old.deck_id is distinct from new.deck_id)
execute function copy_card_to_reviews();

-- Without it, removing a card reads all reviews for those of the card.
create index reviews_flashcard on reviews (flashcard_id);

-- The card's id makes the order of cards that fall due together a total one, for keyset pages.
drop index reviews_due;
create index reviews_due on reviews (user_id, due_at, flashcard_id);

-- Counts what is due in each deck of a page from the index alone, up to a bound. Filtering reviews_due by deck would
-- read the whole backlog of the user for each deck; joining cards would touch their wide rows.
create index reviews_deck_due on reviews (deck_id, due_at) where deck_id is not null;

-- Pages of a learner's own cards are in the order of ids, so the status stands before the id: a page of any status
-- merges one short scan per status. topic_id is carried along because a deck is small enough to be filtered by it
-- within the index (at most 10,000 entries, some 50 pages); another index on every card would cost more.
drop index flashcards_deck;
create index flashcards_deck on flashcards (deck_id, status, id) include (topic_id) where deck_id is not null;
drop index flashcards_user;
create index flashcards_user on flashcards (user_id, status, id) where user_id is not null;
create index flashcards_user_topic on flashcards (user_id, topic_id, status, id) where user_id is not null;
create index flashcards_system on flashcards (id) where card_type = 'system' and status = 'active';

-- The subjects of a deck are read from the index alone. Its price is that a changed count is a new index entry, which
-- is small beside the rows that were read before (24,916 heap fetches).
alter table deck_subjects drop constraint deck_subjects_pkey;
alter table deck_subjects add primary key (deck_id, subject_id) include (card_count);

-- An index-only scan visits the heap for every row on a page that was changed since the last vacuum: 1 % of updated
-- rows cost 2,085 fetches, and the default waits for 20 %. The rows here are narrow, so a vacuum at 1 to 2 % is short.
alter table deck_subjects set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_insert_threshold = 1000);
alter table reviews set (
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 1000);
-- Cards are wide and rarely updated; it is imports that leave many pages unmarked (16,898 fetches after one).
alter table flashcards set (
    autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.02,
    autovacuum_vacuum_insert_threshold = 1000);
-- Every card that comes or goes changes its deck's count. With room on the page the new version stays beside the old
-- one and no index is written.
alter table decks set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
