/**
 * What a verification says: {@link io.vaultmesh.core.check.Verdict} for one question, {@link
 * io.vaultmesh.core.check.Report} for many. Flows in: nothing. Flows out: values that every other package returns.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.check;

import org.jspecify.annotations.NullMarked;
