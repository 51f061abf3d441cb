package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What this service writes is what {@code deploy/contracts} says. */
class ContractsTest {

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Test
    void eventFollowsItsSchema() throws Exception {
        InputStream schema = Objects.requireNonNull(
                ContractsTest.class.getResourceAsStream("/contracts/content-stats-event.schema.json"));
        var event = new ContentStatsEvent(7, Instant.parse("2026-03-02T08:00:00.123Z"));

        String json = mapper.writeValueAsString(event);

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        assertThat(json).contains("\"subjectId\":7");
        assertThat(event.idempotencyKey()).isEqualTo("content-stats:7:2026-03-02T08:00:00.123Z");
    }
}
