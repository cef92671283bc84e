/** Verbs of receipts. */
@NullMarked
package io.vaultmesh.examples.cli.receipt;

import org.jspecify.annotations.NullMarked;
