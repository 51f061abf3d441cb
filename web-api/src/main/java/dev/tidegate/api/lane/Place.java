package dev.tidegate.api.lane;

import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Where a message stands.
 *
 * @param lane its lane
 * @param partition of the lane's topic
 * @param offset within the partition
 */
public record Place(Lane lane, int partition, long offset) {

    /** Where the broker has put a message of a lane. */
    public static Place of(Lane lane, RecordMetadata acknowledged) {
        return new Place(lane, acknowledged.partition(), acknowledged.offset());
    }
}
