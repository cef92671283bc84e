/** Verbs of the scheduler. Files and a memory in, what is anchored out. */
@NullMarked
package io.vaultmesh.examples.cli.scheduler;

import org.jspecify.annotations.NullMarked;
