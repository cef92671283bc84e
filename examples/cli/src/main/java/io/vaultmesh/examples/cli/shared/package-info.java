/** What all verbs have in common: options, output, and how they end. */
@NullMarked
package io.vaultmesh.examples.cli.shared;

import org.jspecify.annotations.NullMarked;
