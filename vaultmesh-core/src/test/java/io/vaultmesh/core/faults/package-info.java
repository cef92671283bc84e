/**
 * What a log goes through: killed processes, power losses, failing system calls, full disks, flipped bytes. Flows in: the public API of
 * the log, nothing else. Flows out: whether anything that was acknowledged was lost. Heavy; run by the profile {@code faults}.
 */
package io.vaultmesh.core.faults;
