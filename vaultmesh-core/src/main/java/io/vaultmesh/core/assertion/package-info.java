/**
 * Assertions on a log, for test suites that check an audit trail. Flows in: a log and what it should be. Flows out:
 * nothing, or an {@link java.lang.AssertionError} that says what differs and where.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.assertion;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
