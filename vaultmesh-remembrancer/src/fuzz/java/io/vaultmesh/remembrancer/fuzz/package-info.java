/**
 * What comes from strangers is read by us, millions of times, changed by Jazzer: in flow bytes, out flows a value that has
 * these very bytes, or a refusal that is documented. Not part of the tests.
 */
@NullMarked
package io.vaultmesh.remembrancer.fuzz;

import org.jspecify.annotations.NullMarked;
