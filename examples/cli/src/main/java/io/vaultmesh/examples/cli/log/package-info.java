/** Verbs of logs: directories of tiles that are written by the holder of a key and checked by anybody. */
@NullMarked
package io.vaultmesh.examples.cli.log;

import org.jspecify.annotations.NullMarked;
