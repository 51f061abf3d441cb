package dev.tidegate.api.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.eclipse.microprofile.config.ConfigProvider;

/** Commits what plan-worker would. A test that does so forgets it again: others take the lanes for unknown. */
public final class WorkerOffsets {

    private WorkerOffsets() {}

    /** Everything before the offset is done. */
    public static void commit(String group, TopicPartition partition, long offset) {
        try (Admin admin = admin()) {
            done(admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                    .all());
        }
    }

    /** Nothing was ever done. */
    public static void forget(String group) {
        try (Admin admin = admin()) {
            done(admin.deleteConsumerGroups(List.of(group)).all());
        }
    }

    private static void done(KafkaFuture<Void> change) {
        try {
            change.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new IllegalStateException("offsets not changed", e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers", ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class)));
    }
}
