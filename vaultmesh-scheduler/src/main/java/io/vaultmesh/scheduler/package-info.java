/**
 * Roots anchored on time. Flows in: a memory, and what is to be anchored where and how often. Flows out: attestations, as
 * records of the same memory.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
