/** Verbs of audits. */
@NullMarked
package io.vaultmesh.examples.cli.audit;

import org.jspecify.annotations.NullMarked;
