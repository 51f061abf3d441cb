package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void portsFollowTheBaseInTheDocumentedOrder() {
        assertThat(Ports.from(9000)).isEqualTo(new Ports(9000, 9001, 9002, 9003, 9004, 9005, 9006));
    }

    @Test
    void basesThatLeaveNoRoomOrNeedPrivilegesAreRefused() {
        assertThat(Ports.from(65_529).pooler()).isEqualTo(65_535);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ports.from(65_530))
                .withMessageContaining("1024..65529");
        assertThatIllegalArgumentException().isThrownBy(() -> Ports.from(1023));
    }

    @Test
    void freePortsDiffer() {
        Ports ports = Ports.anyFree();

        assertThat(Set.of(
                        ports.webApi(),
                        ports.planWorker(),
                        ports.statsRefresher(),
                        ports.postgres(),
                        ports.kafka(),
                        ports.kafkaController(),
                        ports.pooler()))
                .hasSize(7);
    }

    @Test
    void takenPortIsNamedTogetherWithThePartThatNeedsIt() throws IOException {
        Ports free = Ports.anyFree();
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = new Ports(
                    free.webApi(),
                    free.planWorker(),
                    free.statsRefresher(),
                    other.getLocalPort(),
                    free.kafka(),
                    free.kafkaController(),
                    free.pooler());

            assertThatExceptionOfType(StackException.class)
                    .isThrownBy(ports::requireFree)
                    .withMessageStartingWith("port " + other.getLocalPort() + ", needed for PostgreSQL, is in use");
        }
    }
}
