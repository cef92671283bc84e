/**
 * What may enter a namespace. Flows in: a policy document, and records whose authors' signatures were verified. Flows out:
 * for each record whether it is admitted, the same on every machine at every time.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.policy;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
