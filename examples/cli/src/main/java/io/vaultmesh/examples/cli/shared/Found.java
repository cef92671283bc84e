package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.receipt.Receipt;

/** Finds the record that an argument names. */
public final class Found {

    private Found() {}

    public static Receipt receipt(Remembrancer memory, Namespace in, String id) {
        Hash parsed = Hash.parse(id);
        return in.receipt(parsed)
                .orElseThrow(() -> new IllegalArgumentException("memory " + memory.name() + " has no record " + parsed
                        + " in namespace " + in.name() + "; the timeline lists all ids"));
    }
}
