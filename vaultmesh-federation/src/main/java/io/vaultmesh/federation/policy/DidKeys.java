package io.vaultmesh.federation.policy;

import io.vaultmesh.core.key.Ed25519PublicKey;
import java.util.List;
import java.util.Set;

/** Lists of did:keys. */
final class DidKeys {

    private DidKeys() {}

    /** The keys in the order of their texts: one list for each set. */
    static List<String> sorted(String what, List<String> didKeys, int most) {
        if (didKeys.isEmpty() || didKeys.size() > most) {
            throw new IllegalArgumentException(what + " are " + didKeys.size() + " did:keys, expected 1 to " + most);
        }
        for (String didKey : didKeys) {
            try {
                Ed25519PublicKey unused = Ed25519PublicKey.ofDidKey(didKey);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("one of the " + what + " is " + e.getMessage(), e);
            }
        }
        if (Set.copyOf(didKeys).size() < didKeys.size()) {
            throw new IllegalArgumentException("one of the " + what + " is there twice, expected different did:keys");
        }
        return didKeys.stream().sorted().toList();
    }
}
