package io.vaultmesh.core.key;

import java.util.List;

/** What tests run against. */
final class Arithmetics {

    private Arithmetics() {}

    static List<Ed25519Arithmetic> all() {
        return List.of(new JdkEd25519(), new BouncyCastleEd25519());
    }
}
