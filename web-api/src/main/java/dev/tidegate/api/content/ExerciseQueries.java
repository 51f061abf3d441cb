package dev.tidegate.api.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes exercises together with their assets. */
@Singleton
class ExerciseQueries implements Kind<ExerciseContent, Exercise> {

    private static final TypeReference<List<ExerciseContent.Asset>> ASSETS = new TypeReference<>() {};

    private final ObjectMapper json;

    ExerciseQueries(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String path() {
        return "/v1/content/exercises";
    }

    @Override
    public String named() {
        return "The exercise";
    }

    @Override
    public ContentChange change(long id, ExerciseContent content) {
        return ContentChange.ofTopic(content.topicId());
    }

    private static final Sql CREATE = Sql.of("ExerciseQueries.create", """
            with exercise as (
                insert into exercises (topic_id, position, title, instructions, minutes)
                values ($1, $2, $3, $4, $5)
                returning id
            ), assets as (
                insert into exercise_assets (exercise_id, position, media_type, file_name, caption)
                select exercise.id, asset.position, asset.media_type, asset.file_name, asset.caption
                from exercise
                cross join unnest($6::text[], $7::text[], $8::text[])
                    with ordinality as asset (media_type, file_name, caption, position)
            )
            select id from exercise
            """);

    @Override
    public Uni<Exercise> create(ReactiveSql sql, ExerciseContent content, Instant now) {
        return sql.one(
                        CREATE,
                        row -> new Exercise(row.get("id", Long.class), content),
                        content.topicId(),
                        content.position(),
                        content.title(),
                        content.instructions(),
                        content.minutes(),
                        each(content, ExerciseContent.Asset::mediaType),
                        each(content, ExerciseContent.Asset::fileName),
                        each(content, ExerciseContent.Asset::caption))
                .map(Optional::orElseThrow);
    }

    private static String[] each(ExerciseContent content, Function<ExerciseContent.Asset, String> part) {
        return content.assets().stream().map(part).toArray(String[]::new);
    }

    private static final Sql FIND = Sql.of("ExerciseQueries.find", """
            select id, topic_id, position, title, instructions, minutes, assets.list
            from exercises
            cross join lateral (
                select coalesce(jsonb_agg(jsonb_build_object(
                           'mediaType', media_type,
                           'fileName', file_name,
                           'caption', caption) order by asset.position), '[]')::text as list
                from exercise_assets asset
                where asset.exercise_id = exercises.id
            ) assets
            where id = $1
            """);

    @Override
    public Uni<Optional<Exercise>> find(ReactiveSql sql, long id) {
        return sql.one(FIND, this::exercise, id);
    }

    private Exercise exercise(Row row) {
        return new Exercise(
                row.get("id", Long.class),
                new ExerciseContent(
                        row.get("topic_id", Integer.class),
                        row.get("position", Short.class),
                        row.get("title", String.class),
                        row.get("instructions", String.class),
                        row.get("minutes", Short.class),
                        assets(row.get("list", String.class))));
    }

    private List<ExerciseContent.Asset> assets(String list) {
        try {
            return json.readValue(list, ASSETS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the statement builds the assets", e);
        }
    }

    private static final Sql LOCK = Sql.of("ExerciseQueries.lock", """
            select id
            from exercises
            where id = $1::bigint
            for update
            """);

    @Override
    public Uni<Boolean> lock(ReactiveSql sql, long id) {
        return sql.one(LOCK, row -> true, id).map(Optional::isPresent);
    }

    private static final Sql REPLACE = Sql.of("ExerciseQueries.replace", """
            with exercise as (
                update exercises
                set topic_id = $2,
                    position = $3,
                    title = $4,
                    instructions = $5,
                    minutes = $6
                where id = $1::bigint
                  -- A topic's progress counts the exercises completed there.
                  and (topic_id = $2 or not exists (
                        select from exercise_completions where exercise_completions.exercise_id = exercises.id))
                returning id
            ), surplus as (
                delete from exercise_assets
                using exercise
                where exercise_assets.exercise_id = exercise.id
                  and exercise_assets.position > cardinality($7::text[])
            ), assets as (
                insert into exercise_assets (exercise_id, position, media_type, file_name, caption)
                select exercise.id, asset.position, asset.media_type, asset.file_name, asset.caption
                from exercise
                cross join unnest($7::text[], $8::text[], $9::text[])
                    with ordinality as asset (media_type, file_name, caption, position)
                on conflict (exercise_id, position) do update
                set media_type = excluded.media_type,
                    file_name = excluded.file_name,
                    caption = excluded.caption
            )
            select id from exercise
            """);

    @Override
    public Uni<Optional<Exercise>> replace(ReactiveSql sql, long id, ExerciseContent content, Instant now) {
        return sql.one(
                REPLACE,
                row -> new Exercise(id, content),
                id,
                content.topicId(),
                content.position(),
                content.title(),
                content.instructions(),
                content.minutes(),
                each(content, ExerciseContent.Asset::mediaType),
                each(content, ExerciseContent.Asset::fileName),
                each(content, ExerciseContent.Asset::caption));
    }

    private static final Sql DELETE = Sql.of("ExerciseQueries.delete", """
            delete from exercises
            where id = $1::bigint
              -- They are counted in the learners' progress.
              and not exists (
                    select from exercise_completions where exercise_completions.exercise_id = exercises.id)
            returning id
            """);

    @Override
    public Uni<Boolean> delete(ReactiveSql sql, long id) {
        return sql.one(DELETE, row -> true, id).map(Optional::isPresent);
    }
}
