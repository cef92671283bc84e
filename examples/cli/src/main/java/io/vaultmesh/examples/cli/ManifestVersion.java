package io.vaultmesh.examples.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest states. */
final class ManifestVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Vaultmesh.class.getPackage().getImplementationVersion();
        return new String[] {"vaultmesh " + (version == null ? "(not run from its jar)" : version)};
    }
}
