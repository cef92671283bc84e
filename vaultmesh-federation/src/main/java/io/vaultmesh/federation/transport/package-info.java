/**
 * How peers reach each other. Flows in: requests to be asked, and what comes over the network. Flows out: answers of whom
 * they were asked, and requests whose sender is known.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.transport;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
