/** The content bank as editors write it. It is shared by all tenants, so an editor's tenant plays no part here. */
@NullMarked
package dev.tidegate.api.content;

import org.jspecify.annotations.NullMarked;
