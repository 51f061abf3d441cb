package dev.tidegate.api.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/**
 * Flyway's table of applied migrations. Nothing reads it through this class: Quarkus starts Hibernate Reactive,
 * whose sessions our native statements run in, only if the application has at least one entity.
 */
@Entity
@Immutable
@Table(name = "flyway_schema_history")
class SchemaHistory {

    @Id
    @Column(name = "installed_rank")
    int installedRank;
}
