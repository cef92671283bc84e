/** Verbs that sign artifacts, have them stamped, and verify them. */
@NullMarked
package io.vaultmesh.examples.cli.artifact;

import org.jspecify.annotations.NullMarked;
