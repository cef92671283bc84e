package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.RemembrancerBuilder;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --authority URL}: who stamps. */
public final class Authorities {

    @Option(
            names = "--authority",
            required = true,
            paramLabel = "URL",
            description = "An authority that stamps (RFC 3161), whose root is pinned. Several are asked in turn.")
    private List<URI> uris;

    /** The memory, which must be there, with these authorities. */
    public Remembrancer open(MemoryOption memory) {
        RemembrancerBuilder builder = Remembrancer.builder(memory.directory()).mustExist();
        for (URI uri : uris) {
            builder.timestampAuthority(uri);
        }
        return builder.open();
    }
}
