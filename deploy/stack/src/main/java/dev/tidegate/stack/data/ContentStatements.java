package dev.tidegate.stack.data;

import dev.tidegate.sql.Sql;
import dev.tidegate.stack.data.Vocabulary.Concept;
import java.util.function.Function;

/** Subjects, topics, lessons, tags, exercises and their assets. */
final class ContentStatements {

    private final Sample sample;

    ContentStatements(Sample sample) {
        this.sample = sample;
    }

    private static final Sql SUBJECTS = Sql.of("ContentStatements.subjects", """
            insert into subjects (id, name, exam_weight)
            overriding system value
            select id, name, 1 + (hashint8extended(id, $1 # 101) & 3)
            from unnest($2::text[]) with ordinality as subject (name, id)
            """);

    void subjects() {
        sample.sql().update(SUBJECTS, sample.seed(), sample.vocabulary().subjectNames());
    }

    private static final Sql TOPICS = Sql.of("ContentStatements.topics", """
            insert into topics (id, subject_id, name, position, exam_weight)
            overriding system value
            select id, (id - 1) / $3 + 1, name, (id - 1) % $3 + 1, 1 + (hashint8extended(id, $1 # 102) & 7) / 2.0
            from unnest($2::text[]) with ordinality as topic (name, id)
            """);

    void topics() {
        sample.sql().update(TOPICS, sample.seed(), sample.vocabulary().topicNames(), Vocabulary.TOPICS_PER_SUBJECT);
    }

    private static final Sql TAGS = Sql.of("ContentStatements.tags", """
            insert into tags (id, name)
            overriding system value
            select id, name
            from unnest($1::text[]) with ordinality as tag (name, id)
            """);

    void tags() {
        sample.sql().update(TAGS, (Object) Tags.names(sample.vocabulary()));
    }

    private static final Sql LESSONS = Sql.of("ContentStatements.lessons", """
            with concept as (
                select id, (id - 1) / 6 + 1 as topic_id, term, definition, example
                from unnest($2::text[], $3::text[], $4::text[]) with ordinality as v (term, definition, example, id)
            ),
            overview as (
                select topic_id, string_agg(format('- **%s**: %s', term, definition), E'\\n' order by id) as list
                from concept
                group by topic_id
            )
            insert into lessons (id, topic_id, position, title, body, minutes)
            overriding system value
            select (t.id - 1) * $5 + l.position,
                   t.id,
                   l.position,
                   format((array['Understanding: %s', 'A closer look: %s', 'Step by step: %s', 'In practice: %s'])
                          [1 + (l.position + t.id) % 4], c.term),
                   format(E'# %s\\n\\nThis lesson is part of **%s** in the course %s.\\n\\n'
                          '## What it means\\n\\n**%s** stands for %s.\\n\\n> %s\\n\\n'
                          '## How it fits into the topic\\n\\n%s\\n\\n'
                          '## Check yourself\\n\\n'
                          '1. Give the definition in your own words.\\n'
                          '2. Find an example that is not in this lesson.\\n'
                          '3. Which idea of the list is closest to it, and what sets the two apart?\\n',
                          c.term, t.name, s.name, c.term, c.definition, c.example, o.list),
                   8 + (hashint8extended(t.id * 100 + l.position, $1 # 103) & 15)
            from topics t
            join subjects s on s.id = t.subject_id
            join overview o on o.topic_id = t.id
            cross join generate_series(1, $5) as l (position)
            join concept c on c.topic_id = t.id and c.id = (t.id - 1) * 6 + (l.position - 1) % 6 + 1
            order by 1
            """);

    void lessons() {
        sample.sql()
                .update(
                        LESSONS,
                        sample.seed(),
                        concepts(Concept::term),
                        concepts(Concept::definition),
                        concepts(Concept::example),
                        sample.scale().content().lessonsPerTopic());
    }

    private static final Sql EXERCISES = Sql.of("ContentStatements.exercises", """
            insert into exercises (id, topic_id, position, title, instructions, minutes)
            overriding system value
            select (t.id - 1) * $3 + e.position,
                   t.id,
                   e.position,
                   format((array['Label the figures: %s', 'Read the data: %s', 'Sort the cases: %s',
                                 'Write an explanation: %s', 'Find the error: %s', 'Compare and contrast: %s',
                                 'Draw and annotate: %s', 'Prepare a short talk: %s'])
                          [1 + (e.position - 1) / 6 % 8], term),
                   format(E'Work through the material on **%s** in order.\\n\\n'
                          '1. Note what each item shows.\\n'
                          '2. Say how it relates to %s.\\n'
                          '3. Sum up your result in three sentences.\\n', term, t.name),
                   10 + (hashint8extended(t.id * 1000 + e.position, $1 # 104) & 31)
            from topics t
            cross join generate_series(1, $3) as e (position)
            join unnest($2::text[]) with ordinality as concept (term, id)
                on concept.id = (t.id - 1) * 6 + (e.position - 1) % 6 + 1
            order by 1
            """);

    void exercises() {
        sample.sql()
                .update(
                        EXERCISES,
                        sample.seed(),
                        concepts(Concept::term),
                        sample.scale().content().exercisesPerTopic());
    }

    /** Cumulative rounding hands out exactly the total, although every exercise gets another number. */
    private static final Sql ASSETS = Sql.of("ContentStatements.assets", """
            with weighed as (
                select id, topic_id, title, 20 + (hashint8extended(id, $1 # 105) & 127) as weight
                from exercises
            ),
            shared as (
                select id, topic_id, title,
                       div($2::numeric * sum(weight) over so_far, sum(weight) over ())
                       - div($2::numeric * (sum(weight) over so_far - weight), sum(weight) over ()) as assets
                from weighed
                window so_far as (order by id)
            )
            insert into exercise_assets (exercise_id, position, media_type, file_name, caption)
            select e.id,
                   a.position,
                   kind.media_type,
                   format('%s/exercise-%s/%s-%s.%s', e.folder, e.id, kind.name, a.position, kind.extension),
                   format('%s %s. %s', initcap(kind.name), a.position, e.title)
            from (
                select s.id, s.title, s.assets, regexp_replace(lower(t.name), '[^a-z0-9]+', '-', 'g') as folder
                from shared s
                join topics t on t.id = s.topic_id
                where s.id between $3 and $4
                order by s.id
            ) e
            cross join generate_series(1, e.assets::integer) as a (position)
            join (values (0, 'figure', 'image/png', 'png'), (1, 'diagram', 'image/svg+xml', 'svg'),
                         (2, 'table', 'text/csv', 'csv'), (3, 'photo', 'image/jpeg', 'jpg'),
                         (4, 'reading', 'application/pdf', 'pdf'))
                as kind (number, name, media_type, extension) on kind.number = (e.id + a.position) % 5
            """);

    /** The assets of a range of exercises; returns how many. */
    int assets(Range exercises) {
        return sample.sql()
                .update(ASSETS, sample.seed(), sample.scale().content().assets(), exercises.first(), exercises.last());
    }

    /** The number of exercises there are to give assets to. */
    int exerciseCount() {
        return sample.vocabulary().topics().size() * sample.scale().content().exercisesPerTopic();
    }

    private String[] concepts(Function<Concept, String> value) {
        return sample.vocabulary().concepts(value);
    }
}
