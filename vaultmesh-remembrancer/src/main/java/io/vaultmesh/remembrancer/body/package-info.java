/**
 * Bodies: texts and files that are kept beside the log and found by their hash. Flows in: bytes. Flows out: the same
 * bytes, or that they are gone or changed.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.body;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
