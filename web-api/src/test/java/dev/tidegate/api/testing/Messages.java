package dev.tidegate.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** Publishes what the other services would. */
public final class Messages {

    private Messages() {}

    /** Publishes a message that follows a schema of deploy/contracts, and waits until the broker has it. */
    public static void publish(String schema, String topic, String key, String value) {
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaLocation.of("classpath:contracts/" + schema + ".schema.json"))
                        .validate(value, InputFormat.JSON))
                .isEmpty();
        publish(topic, key, value);
    }

    /** Publishes a message of whatever content. */
    public static void publish(String topic, String key, String value) {
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }
    }
}
