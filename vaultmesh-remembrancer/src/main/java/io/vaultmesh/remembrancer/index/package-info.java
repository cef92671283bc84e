/**
 * What a namespace's log says, arranged for searching. Flows in: records with their leaf indexes. Flows out: hits, unproven;
 * the log remains the truth, and the index may be deleted at any time.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
