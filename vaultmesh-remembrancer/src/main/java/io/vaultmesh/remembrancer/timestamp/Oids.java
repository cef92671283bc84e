package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** Object identifiers in dotted digits. */
final class Oids {

    private Oids() {}

    @CanIgnoreReturnValue
    static String require(String oid) {
        if (ASN1ObjectIdentifier.tryFromID(oid) == null) {
            throw new IllegalArgumentException(
                    "policy is \"" + oid + "\", expected an object identifier in dotted digits");
        }
        return oid;
    }
}
