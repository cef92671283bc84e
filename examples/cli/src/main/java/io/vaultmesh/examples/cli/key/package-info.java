/** Verbs of keys: those of a memory, and OpenPGP keys that sign artifacts. */
@NullMarked
package io.vaultmesh.examples.cli.key;

import org.jspecify.annotations.NullMarked;
