/**
 * What is derived from records and never enters a set root. Flows in: the anchors that a memory knows of a checkpoint, and
 * whether each was verified here. Flows out: which one wins, and which it supersedes.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.view;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
