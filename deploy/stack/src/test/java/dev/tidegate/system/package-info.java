/**
 * The whole system, as it would be deployed: the packaged services as processes of their own, real PostgreSQL and
 * real Kafka. What can be shown with less is tested in the modules.
 */
@NullMarked
package dev.tidegate.system;

import org.jspecify.annotations.NullMarked;
