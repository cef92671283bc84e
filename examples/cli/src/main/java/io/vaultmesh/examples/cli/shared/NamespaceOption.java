package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.remembrancer.MemoryReader;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.NamespaceReader;
import io.vaultmesh.remembrancer.Remembrancer;
import picocli.CommandLine.Option;

/** {@code --namespace NS}. */
public final class NamespaceOption {

    @Option(
            names = "--namespace",
            paramLabel = "NS",
            defaultValue = "main",
            description = "The part of the memory that has a log of its own. Default: main")
    private String name;

    /** The namespace, which is made if it isn't there: for what records. */
    public Namespace of(Remembrancer memory) {
        return memory.namespace(name);
    }

    /** The namespace, which must be there: looking for something must not make it. */
    public Namespace existing(Remembrancer memory) {
        try (MemoryReader reader = Remembrancer.read(memory.directory())) {
            var unused = reader.namespace(name);
        }
        return memory.namespace(name);
    }

    /** The namespace, which must be there, to be read beside its writer. */
    public NamespaceReader of(MemoryReader memory) {
        return memory.namespace(name);
    }
}
