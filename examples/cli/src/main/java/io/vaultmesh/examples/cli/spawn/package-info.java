/** Verbs that create services. */
@NullMarked
package io.vaultmesh.examples.cli.spawn;

import org.jspecify.annotations.NullMarked;
