/** Processes that record are killed, and disks fill up: what was acknowledged is there afterwards. Not part of the tests. */
@NullMarked
package io.vaultmesh.remembrancer.faults;

import org.jspecify.annotations.NullMarked;
