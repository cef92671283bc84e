package io.vaultmesh.remembrancer.timestamp;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The one provider that all cryptography of this package uses. It is handed over by reference and never registered: the
 * host's list of providers neither changes nor decides what verifies.
 */
final class BouncyCastle {

    static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}
}
