/**
 * The file system where it must not forget. Flows in: files and directories that were written, or their bytes. Flows out:
 * nothing; they outlast a loss of power, also when the thread that writes them is interrupted.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.disk;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
