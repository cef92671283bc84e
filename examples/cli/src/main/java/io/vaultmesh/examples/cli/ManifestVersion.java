package io.vaultmesh.examples.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest states. */
final class ManifestVersion implements IVersionProvider {

    static String text() {
        String version = Vaultmesh.class.getPackage().getImplementationVersion();
        return "vaultmesh " + (version == null ? "(not run from its jar)" : version);
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }
}
