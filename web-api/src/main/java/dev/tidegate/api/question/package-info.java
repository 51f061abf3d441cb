/** Finding questions by words, topic and tags. */
@NullMarked
package dev.tidegate.api.question;

import org.jspecify.annotations.NullMarked;
