/**
 * How fast the library is. Flows in: nothing. Flows out: ratios to a peer or bound that was measured in the same run.
 */
@NullMarked
package io.vaultmesh.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
