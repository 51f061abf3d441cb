package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import dev.tidegate.stats.refresh.ContentRefresh.Refreshed;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Arranges content as anybody may write it, refreshes as the service does, and compares with an independent recount. */
final class ContentBank {

    static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private static final Map<String, AgroalDataSource> POOLS = new ConcurrentHashMap<>();

    private final PostgresFixture database;

    ContentBank(PostgresFixture database) {
        this.database = database;
    }

    void execute(String statements) {
        try {
            TestQueries.execute(database.superuser(), statements);
        } catch (SQLException e) {
            throw new IllegalStateException(statements, e);
        }
    }

    List<String> strings(String query) {
        try {
            return TestQueries.strings(database.superuser(), query);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    String string(String query) {
        return strings(query).getFirst();
    }

    /** 2 subjects of 3 topics each, 20 questions per topic with tags out of 5, and some of everything else. */
    void fill() {
        execute("""
                truncate subjects, topics, tags, questions, lessons, exercises, flashcards, tenants, users
                    restart identity cascade;
                truncate subject_content_stats, topic_content_stats, tag_content_stats, quiz_pools, quiz_slots,
                    content_changes, content_sweeps;
                insert into subjects (name) values ('Physics'), ('History');
                insert into topics (subject_id, name, position)
                    select 1 + n / 3, 'Topic ' || n, 1 + n % 3 from generate_series(0, 5) n;
                insert into tags (name) select 'Tag ' || n from generate_series(1, 5) n;
                insert into lessons (topic_id, position, title, body, minutes)
                    select t.id, n, 'Lesson', 'text', 10 from topics t, generate_series(1, 3) n order by t.id, n;
                insert into exercises (topic_id, position, title, instructions, minutes)
                    select t.id, n, 'Exercise', 'text', 10 from topics t, generate_series(1, 2) n order by t.id, n;
                insert into exercise_assets (exercise_id, position, media_type, file_name)
                    select e.id, n, 'image/png', 'a.png' from exercises e, generate_series(1, 2) n order by e.id, n;
                insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)
                    select t.id, 1 + n % 5, case when n % 5 = 0 then 'draft' else 'validated' end, 'Why?', '{a,b}', 1
                    from topics t, generate_series(1, 20) n order by t.id, n;
                insert into question_tags (tag_id, question_id)
                    select t.id, q.id from questions q, tags t where (q.id + t.id) % 3 = 0;
                insert into flashcards (card_type, topic_id, status, front, back)
                    select 'system', t.id, case when n % 4 = 0 then 'archived' else 'active' end, 'front', 'back'
                    from topics t, generate_series(1, 8) n order by t.id, n;
                insert into tenants (name) values ('School');
                insert into users (tenant_id, display_name, time_zone) values (1, 'Learner', 'Europe/Berlin');
                insert into decks (user_id, tenant_id, title) values (1, 1, 'Mine');
                """);
    }

    /** As the service connects: its role, a pool. There is one per database, so that the role's limit is kept. */
    JdbcSql connect() {
        return new JdbcSql(POOLS.computeIfAbsent(database.database(), this::pool), new SimpleMeterRegistry());
    }

    private AgroalDataSource pool(String name) {
        var configuration = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(4)
                        .acquisitionTimeout(Duration.ofSeconds(20))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(
                                        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(database.port(), name))
                                .principal(new NamePrincipal("stats_refresher"))));
        try {
            return AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static ContentRefresh refresher(JdbcSql sql) {
        return new ContentRefresh(sql, () -> NOW, 20);
    }

    /** Refreshes until the list is empty. */
    static List<Refreshed> refreshAll(ContentRefresh refresh) {
        var parts = new ArrayList<Refreshed>();
        for (Optional<Refreshed> part = refresh.refreshChanges(); part.isPresent(); part = refresh.refreshChanges()) {
            parts.add(part.get());
        }
        return parts;
    }

    /** The list, e.g. {@code topic 3}, each once. */
    List<String> changes() {
        return strings("""
                select distinct coalesce('topic ' || topic_id, 'subject ' || subject_id, 'tag ' || tag_id)
                from content_changes order by 1
                """);
    }

    void forgetChanges() {
        execute("delete from content_changes");
    }

    /** The newest transaction that wrote a statistics row; the same number again means that nothing was written. */
    String newestWrite() {
        return string("""
                select string_agg(relation || ' ' || newest, ', ' order by relation) from (
                    select 'subjects' as relation, max(xmin::text::bigint) as newest from subject_content_stats
                    union all select 'topics', max(xmin::text::bigint) from topic_content_stats
                    union all select 'tags', max(xmin::text::bigint) from tag_content_stats
                    union all select 'pools', max(xmin::text::bigint) from quiz_pools
                    union all select 'slots', max(xmin::text::bigint) from quiz_slots) rows
                """);
    }

    /** Everything in which the statistics differ from a recount of all content; empty if they are right. */
    List<String> differences() {
        return strings("""
                with topic as (
                    select t.id, concat_ws(' ', t.subject_id,
                        (select count(*) from lessons where topic_id = t.id),
                        (select count(*) from questions where topic_id = t.id and validation_status = 'validated'),
                        (select count(*) from flashcards
                         where topic_id = t.id and card_type = 'system' and status = 'active'),
                        (select count(*) from exercises where topic_id = t.id),
                        (select count(*) from exercise_assets a join exercises e on e.id = a.exercise_id
                         where e.topic_id = t.id)) as counts
                    from topics t
                ), subject as (
                    select s.id, concat_ws(' ',
                        (select count(*) from topics where subject_id = s.id),
                        (select count(*) from lessons l join topics t on t.id = l.topic_id where t.subject_id = s.id),
                        (select count(*) from questions q join topics t on t.id = q.topic_id
                         where t.subject_id = s.id and q.validation_status = 'validated'),
                        (select count(*) from flashcards f join topics t on t.id = f.topic_id
                         where t.subject_id = s.id and f.card_type = 'system' and f.status = 'active'),
                        (select count(*) from exercises e join topics t on t.id = e.topic_id where t.subject_id = s.id),
                        (select count(*) from exercise_assets a join exercises e on e.id = a.exercise_id
                         join topics t on t.id = e.topic_id where t.subject_id = s.id)) as counts
                    from subjects s
                ), tag as (
                    select t.id, (select count(*) from question_tags qt join questions q on q.id = qt.question_id
                                  where qt.tag_id = t.id and q.validation_status = 'validated')::text as counts
                    from tags t
                ), slot as (
                    select 'topic' as kind, topic_id as owner_id, difficulty, id as question_id
                    from questions where validation_status = 'validated'
                    union all
                    select 'tag', tag_id, difficulty, id
                    from questions join question_tags on question_id = id where validation_status = 'validated'
                ), pool as (
                    select kind, owner_id, difficulty, count(*) as number, array_agg(question_id order by question_id) as ids,
                           bit_xor(hashint8extended(question_id, 0)) as fingerprint
                    from slot group by 1, 2, 3
                ), slots as (
                    select kind, owner_id, difficulty, min(slot) as first, max(slot) as last,
                           array_agg(question_id order by question_id) as ids
                    from quiz_slots group by 1, 2, 3
                )
                select 'topic ' || id from topic c
                full join (select topic_id as id, concat_ws(' ', subject_id, lesson_count, question_count,
                                  system_card_count, exercise_count, asset_count) as counts from topic_content_stats) s using (id)
                where c.counts is distinct from s.counts
                union all
                select 'subject ' || id from subject c
                full join (select subject_id as id, concat_ws(' ', topic_count, lesson_count, question_count,
                                  system_card_count, exercise_count, asset_count) as counts from subject_content_stats) s using (id)
                where c.counts is distinct from s.counts
                union all
                select 'tag ' || id from tag c
                full join (select tag_id as id, question_count::text as counts from tag_content_stats) s using (id)
                where c.counts is distinct from s.counts
                union all
                select 'pool ' || concat_ws('/', kind, owner_id, difficulty)
                from pool c
                full join slots s using (kind, owner_id, difficulty)
                full join quiz_pools p using (kind, owner_id, difficulty)
                where (c.ids, 1, c.number, c.number, c.fingerprint)
                      is distinct from (s.ids, s.first, s.last::bigint, p.question_count::bigint, p.fingerprint)
                """);
    }
}
