/** Verbs of the timestamp authority for development. */
@NullMarked
package io.vaultmesh.examples.cli.tsa;

import org.jspecify.annotations.NullMarked;
