package dev.tidegate.api.catalogue;

import dev.tidegate.sql.settings.DurationLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the catalogue may lag behind the database. */
@ConfigMapping(prefix = "tidegate.catalogue")
interface CatalogueConfig {

    /**
     * How long an answer is kept without being told that it has changed, 1 s to 1 h, in whole seconds. Clients may
     * keep it as long again. Events drop it sooner; this is the net for those that are lost and for what has none.
     */
    @WithDefault("60s")
    @WithConverter(Ttl.class)
    Duration ttl();

    final class Ttl extends DurationLimit {
        public Ttl() {
            super("TIDEGATE_CATALOGUE_TTL", Duration.ofSeconds(1), Duration.ofHours(1));
        }
    }
}
