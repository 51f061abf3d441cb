package dev.tidegate.api.database;

import dev.tidegate.sql.ReactiveSql;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.hibernate.reactive.mutiny.Mutiny;

class ReactiveSqlProducer {

    @Produces
    @Singleton
    ReactiveSql reactiveSql(Mutiny.SessionFactory sessions, MeterRegistry meters) {
        return new ReactiveSql(sessions, meters);
    }
}
