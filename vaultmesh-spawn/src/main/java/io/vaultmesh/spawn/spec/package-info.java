/**
 * What a service should be, checked before anything is made of it. Flows in: a caller's names, texts and choices. Flows
 * out: {@link io.vaultmesh.spawn.spec.ServiceSpec}, or every problem at once in a {@link
 * io.vaultmesh.spawn.spec.SpecException}.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.spec;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
