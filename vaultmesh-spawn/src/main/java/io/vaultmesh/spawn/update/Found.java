package io.vaultmesh.spawn.update;

import java.util.Optional;

/**
 * What lies under a path.
 *
 * @param version the file; empty if there is none, or something else
 * @param isOther whether it is something else than a file that can be merged: a link inside the service, a directory, a
 *     device, or a file that is too large
 */
record Found(Optional<FileVersion> version, boolean isOther) {

    static final Found NOTHING = new Found(Optional.empty(), false);
    static final Found OTHER = new Found(Optional.empty(), true);

    boolean isNothing() {
        return version.isEmpty() && !isOther;
    }
}
