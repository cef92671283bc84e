/**
 * Replays a memory and checks all of it. Flows in: the files on disk and the keys. Flows out: a report.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
