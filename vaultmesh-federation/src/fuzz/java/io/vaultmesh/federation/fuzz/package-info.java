/** Fuzz targets: whatever bytes a peer sends, they are refused as documented or answered as the protocol says. */
@NullMarked
package io.vaultmesh.federation.fuzz;

import org.jspecify.annotations.NullMarked;
