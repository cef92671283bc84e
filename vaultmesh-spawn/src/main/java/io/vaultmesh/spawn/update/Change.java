package io.vaultmesh.spawn.update;

import io.vaultmesh.spawn.tree.RelativePath;
import java.util.Optional;

/** A file that is written, replaced or removed. */
record Change(RelativePath path, Optional<FileVersion> before, Optional<FileVersion> after) {}
