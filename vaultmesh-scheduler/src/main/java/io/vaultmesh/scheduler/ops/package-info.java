/**
 * What an operator sees. Flows in: facts and snapshots of a scheduler. Flows out: its health, and answers over HTTP to who
 * watches it.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler.ops;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
