/**
 * What a scheduler does when its process is killed at any moment. Run by {@code src/test/scripts/faults}, not with the tests.
 * Flows in: seeds. Flows out: counts of what was survived.
 */
package io.vaultmesh.scheduler.faults;
