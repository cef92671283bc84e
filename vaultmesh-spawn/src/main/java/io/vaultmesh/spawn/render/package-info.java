/**
 * Text from templates, strictly: an unknown variable is an error, and free text is escaped for the format around it.
 * Flows in: a template's name and a {@link io.vaultmesh.spawn.render.TemplateModel}. Flows out: a text.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.render;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
