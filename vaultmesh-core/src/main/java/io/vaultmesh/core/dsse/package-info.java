/**
 * What is claimed, and by whom: in-toto Statements v1 inside DSSE envelopes. Flows in: subjects, a predicate, a key.
 * Flows out: envelopes whose canonical bytes are logged.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.dsse;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
