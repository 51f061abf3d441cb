package dev.tidegate.worker.precompute;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.tidegate.worker.generate.PlanKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chunk that is written follows its schema and is read back; anything else is not a chunk. */
class PrecomputeChunkTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Test
    void chunkFollowsItsSchemaAndIsReadBack() throws Exception {
        List<Long> users = LongStream.rangeClosed(1, 100).boxed().toList();

        String json = mapper.writeValueAsString(new PrecomputeChunk(DAY, users));

        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Objects.requireNonNull(
                        PrecomputeChunkTest.class.getResourceAsStream("/contracts/precompute-chunk.schema.json")));
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        Set<PlanKey> keys = PrecomputeChunk.readKeys(mapper, json).orElseThrow();
        assertThat(keys).hasSize(100).contains(new PlanKey(1, DAY), new PlanKey(100, DAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "not json",
                "{}",
                "{\"planDate\": \"2026-03-02\"}",
                "{\"planDate\": \"2026-03-02\", \"userIds\": []}",
                "{\"planDate\": \"2026-03-02\", \"userIds\": [0]}",
                "{\"planDate\": \"2026-03-02\", \"userIds\": [null]}",
                "{\"planDate\": \"soon\", \"userIds\": [1]}",
                "{\"userIds\": [1]}"
            })
    void messageOutsideTheContractIsNoChunk(String json) {
        assertThat(PrecomputeChunk.readKeys(mapper, json)).isEmpty();
    }

    @Test
    void moreUsersThanATransactionTakesAreNoChunk() throws Exception {
        String json = mapper.writeValueAsString(
                new PrecomputeChunk(DAY, LongStream.rangeClosed(1, 101).boxed().toList()));
        assertThat(PrecomputeChunk.readKeys(mapper, json)).isEmpty();
    }
}
