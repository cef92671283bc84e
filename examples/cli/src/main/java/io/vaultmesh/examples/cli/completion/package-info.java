/** Completion of words in shells. Flows in: the whole tree of verbs. Flows out: a script for the shell. */
@NullMarked
package io.vaultmesh.examples.cli.completion;

import org.jspecify.annotations.NullMarked;
