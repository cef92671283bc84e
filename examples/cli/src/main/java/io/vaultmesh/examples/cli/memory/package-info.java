/** Verbs of a memory. */
@NullMarked
package io.vaultmesh.examples.cli.memory;

import org.jspecify.annotations.NullMarked;
