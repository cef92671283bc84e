/** Verbs that seal a git revision and verify such a seal. */
@NullMarked
package io.vaultmesh.examples.cli.genesis;

import org.jspecify.annotations.NullMarked;
