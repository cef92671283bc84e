/**
 * The files that an operator writes. Flows in: federation.yaml and peers.yaml, in our form or the original system's. Flows
 * out: how a node takes part, and its peers; or one error that names file, line and column.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.config;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
