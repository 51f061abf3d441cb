package dev.tidegate.stack.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.testing.PostgresFixture;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SampleDataIT {

    private static final Instant ANCHOR = Instant.parse("2026-03-02T09:30:00Z");

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    @BeforeAll
    static void load() throws SQLException {
        new SampleData(DATABASE.owner(), Scale.SMALL, 1, ANCHOR, System.out::println).load();
    }

    @Test
    void loads() {
        assertThat(true).isTrue();
    }
}
