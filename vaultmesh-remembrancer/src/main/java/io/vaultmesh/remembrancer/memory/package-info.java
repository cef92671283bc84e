/**
 * What is remembered: deployments, decisions, incidents, discoveries, scaffolds, and the predicate that all of them become.
 * Flows in: what the caller knows. Flows out: statements to be signed and logged.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
