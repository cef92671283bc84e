/** Verbs of memories that are shared with peers. */
@NullMarked
package io.vaultmesh.examples.cli.federation;

import org.jspecify.annotations.NullMarked;
