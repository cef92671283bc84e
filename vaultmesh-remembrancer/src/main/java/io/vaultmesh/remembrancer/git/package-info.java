/**
 * Reads git repositories by the program {@code git}. In: a repository and a revision. Out: the bytes of a file, of an
 * archive, or a commit's id.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.git;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
