/** Verbs of what a memory trusts. */
@NullMarked
package io.vaultmesh.examples.cli.trust;

import org.jspecify.annotations.NullMarked;
