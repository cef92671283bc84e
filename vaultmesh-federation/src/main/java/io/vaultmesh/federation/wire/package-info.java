/**
 * What peers say to each other. Flows in: bytes from strangers. Flows out: requests, responses and their content, bounded
 * and checked in form.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.wire;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
