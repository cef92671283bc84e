/**
 * What proves that a checkpoint was published elsewhere. Flows in: the body of an anchor record. Flows out: how far the target
 * has come with it, as whoever knows the target verifies it.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.anchor;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
