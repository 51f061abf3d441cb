package dev.tidegate.stack.data;

import dev.tidegate.sql.Sql;
import dev.tidegate.stack.data.Vocabulary.Concept;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** System cards, decks and the learners' own cards. */
final class CardStatements {

    private final Sample sample;
    private final String[] terms;
    private final String[] backs;
    private final int[] tips;

    CardStatements(Sample sample) {
        this.sample = sample;
        this.terms = sample.vocabulary().concepts(Concept::term);
        this.backs = CardBack.all(sample.vocabulary()).map(CardBack::text).toArray(String[]::new);
        this.tips = CardBack.all(sample.vocabulary()).mapToInt(CardBack::tips).toArray();
    }

    /**
     * Ids are permuted like those of questions. The tips are passed twice over, so that a slice can wrap around.
     * Words are looked up by subscript, here and for the learners' cards: a join could hand the rows on in another
     * order, and the heap would not be in the order of the ids.
     */
    private static final Sql SYSTEM_CARDS = Sql.of("CardStatements.systemCards", """
            with weighed as (
                select id as topic_id, 80 + (hashint8extended(id, $1 # 501) & 63) as weight
                from topics
            ),
            share as (
                select topic_id,
                       div($2::numeric * (sum(weight) over so_far - weight), sum(weight) over ())::bigint as first,
                       div($2::numeric * sum(weight) over so_far, sum(weight) over ())::bigint as past
                from weighed
                window so_far as (order by topic_id)
            ),
            card as (
                select (n * 1000003 + (hashint8extended(0, $1 # 502) & 65535)) % $2 + 1 as id,
                       topic_id,
                       (topic_id - 1) * 6 + (n - first) % 6 + 1 as concept_id,
                       (n - first) / 6 as k
                from share
                cross join generate_series(first, past - 1) as n
                order by 1
            )
            insert into flashcards (id, card_type, topic_id, status, front, back, created_at)
            overriding system value
            select card.id,
                   'system',
                   card.topic_id,
                   'active',
                   format(($7::text[])[1 + card.k % cardinality($7)], ($4::text[])[concept_id], ($9::text[])[topic_id]),
                   ($5::text[])[concept_id] || E'\\n'
                   || array_to_string(($8::text[])[tip.first : tip.first + ($6::integer[])[concept_id] - 1], E'\\n'),
                   $3 - interval '1440 hours' - (1 - card.id / $2::float8) * interval '21600 hours'
            from card
            cross join lateral (
                select 1 + (hashint8extended(card.id, $1 # 503) & 1023)::integer % (cardinality($8) / 2) as first
            ) as tip
            """);

    int systemCards() {
        return sample.sql()
                .update(
                        SYSTEM_CARDS,
                        sample.seed(),
                        (long) sample.scale().content().systemCards(),
                        sample.anchor(),
                        terms,
                        backs,
                        tips,
                        Wording.CARD_FRONTS,
                        tipsTwice(),
                        sample.vocabulary().topicNames());
    }

    /** The number of a deck's cards is decided here, exactly the total together; the cards follow it. */
    private static final Sql DECKS = Sql.of("CardStatements.decks", Activity.LEARNER + """
            , deck as (
                select row_number() over (order by l.id, n) as id, l.id as user_id, l.tenant_id, l.created_at, l.span, n,
                       l.weight / d.decks * (30 + (hashint8extended(l.id * 100 + n, $1 # 504) & 255)) as weight
                from learner l
                cross join lateral (
                    select 1 + (hashint8extended(l.id, $1 # 505) & 3) + l.weight / 10000 as decks
                ) as d
                cross join generate_series(1, d.decks) as n
                where exists (select from enrolments e where e.user_id = l.id)
            )
            insert into decks (id, user_id, tenant_id, title, card_count, created_at)
            overriding system value
            select id,
                   user_id,
                   tenant_id,
                   (array['My cards', 'Exam preparation', 'Hard ones', 'For the train', 'Key terms', 'Weekly revision',
                          'Before the test', 'Things I mix up', 'Class notes', 'Summer catch-up'])[n],
                   div($2::numeric * sum(weight) over so_far, sum(weight) over ())
                   - div($2::numeric * (sum(weight) over so_far - weight), sum(weight) over ()),
                   created_at + span * 0.2 * (hashint8extended(id, $1 # 506) & 1023) / 1024
            from deck
            window so_far as (order by id)
            order by id
            """);

    void decks() {
        sample.sql().update(DECKS, sample.seed(), sample.scale().study().userCards());
    }

    private static final Sql DECK_RANGES = Sql.of("CardStatements.deckRanges", """
            select min(id) as first, max(id) as last
            from (
                select id, (sum(card_count) over (order by id) - card_count) * $2 / $1 as part
                from decks
            ) as parted
            group by floor(part)
            order by 1
            """);

    /** Ranges of decks with about the same number of cards each. */
    List<Range> deckRanges() {
        Scale.Study study = sample.scale().study();
        return sample.sql()
                .list(
                        DECK_RANGES,
                        row -> new Range(row.get("first", Long.class), row.get("last", Long.class)),
                        study.userCards(),
                        study.batches());
    }

    /** A deck keeps to one to three of its owner's subjects. Its cards lie together, as decks are filled in one go. */
    private static final Sql USER_CARDS = Sql.of("CardStatements.userCards", """
            with enrolled as (
                select user_id, array_agg(subject_id order by subject_id) as subjects
                from enrolments
                group by user_id
            ),
            deck as (
                select d.id, d.user_id, d.tenant_id, d.card_count, d.created_at, e.subjects,
                       $2 + sum(d.card_count) over (order by d.id) - d.card_count as cards_before,
                       hashint8extended(d.id, $1 # 507) as h
                from decks d
                join enrolled e on e.user_id = d.user_id
            ),
            card as (
                select d.id as deck_id, d.user_id, d.tenant_id, d.created_at, d.cards_before + n as id, n, drawn.h,
                       (d.subjects[1 + ((d.h & 1023) + (drawn.h & 1023) % (1 + (d.h >> 10 & 1023) % 3))
                                       % cardinality(d.subjects)] - 1) * 96
                       + (drawn.h >> 27 & 65535) % 96 + 1 as concept_id
                from deck d
                cross join generate_series(1, d.card_count) as n
                cross join lateral (
                    select hashint8extended(d.cards_before::bigint + n, $1 # 508) as h
                ) as drawn
                where d.id between $9 and $10
            )
            insert into flashcards (id, card_type, topic_id, user_id, tenant_id, deck_id, status, front, back, created_at)
            overriding system value
            select card.id,
                   'user',
                   topic.id,
                   card.user_id,
                   card.tenant_id,
                   card.deck_id,
                   case when (card.h >> 10 & 127) < 123 then 'active'
                        when (card.h >> 10 & 127) < 126 then 'suspended' else 'archived' end,
                   format(($7::text[])[1 + (card.h >> 17 & 1023) % cardinality($7)],
                          ($4::text[])[concept_id], ($11::text[])[topic.id]),
                   ($5::text[])[concept_id] || E'\\n'
                   || array_to_string(($8::text[])[tip.first : tip.first + ($6::integer[])[concept_id] - 1], E'\\n'),
                   least(card.created_at + card.n * interval '3 minutes', $3)
            from card
            cross join lateral (select (card.concept_id - 1) / 6 + 1 as id) as topic
            cross join lateral (
                select 1 + (card.h >> 43 & 1023)::integer % (cardinality($8) / 2) as first
            ) as tip
            """);

    /** The cards of a range of decks; returns how many. */
    int userCards(Range decks) {
        return sample.sql()
                .update(
                        USER_CARDS,
                        sample.seed(),
                        (long) sample.scale().content().systemCards(),
                        sample.anchor(),
                        terms,
                        backs,
                        tips,
                        Wording.CARD_FRONTS,
                        tipsTwice(),
                        decks.first(),
                        decks.last(),
                        sample.vocabulary().topicNames());
    }

    private static final Sql DECK_SUBJECTS = Sql.of("CardStatements.deckSubjects", """
            insert into deck_subjects (deck_id, subject_id, card_count)
            select f.deck_id, t.subject_id, count(*)
            from flashcards f
            join topics t on t.id = f.topic_id
            where f.deck_id is not null
            group by f.deck_id, t.subject_id
            order by 1, 2
            """);

    void deckSubjects() {
        sample.sql().update(DECK_SUBJECTS);
    }

    private static String[] tipsTwice() {
        return Stream.of(Wording.CARD_TIPS, Wording.CARD_TIPS)
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
    }
}
