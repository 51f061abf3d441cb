/** Who is asking, according to the token. */
@NullMarked
package dev.tidegate.api.learner;

import org.jspecify.annotations.NullMarked;
