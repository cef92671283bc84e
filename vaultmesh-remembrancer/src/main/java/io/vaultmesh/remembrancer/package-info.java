/**
 * Opens a memory, records into it and audits it. Flows in: a directory. Flows out: receipts and reports.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
