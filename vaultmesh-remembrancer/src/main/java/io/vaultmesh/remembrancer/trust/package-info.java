/**
 * What a memory trusts.
 *
 * <p>In: public keys and root certificates that somebody pins, with their limits. Out: the keyring and the verifiers that
 * signatures and timestamps are judged by.
 */
@org.jspecify.annotations.NullMarked
@io.vaultmesh.core.check.CheckReturnValue
package io.vaultmesh.remembrancer.trust;
