/**
 * The {@code vaultmesh} command. Flows in: arguments and files. Flows out: calls of the library, one class for each verb,
 * and what they returned, as text.
 */
@NullMarked
package io.vaultmesh.examples.cli;

import org.jspecify.annotations.NullMarked;
