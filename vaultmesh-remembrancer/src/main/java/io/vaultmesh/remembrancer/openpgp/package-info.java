/**
 * Detached OpenPGP signatures that GnuPG accepts, and GnuPG's. Flows in: keys, armored signatures, and the data that was
 * signed. Flows out: for each signature whether a pinned key vouches for the data, and why not.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.openpgp;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
