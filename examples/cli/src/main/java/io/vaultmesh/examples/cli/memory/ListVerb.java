package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Names;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.MemoryReader;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh memory list}. */
@Command(
        name = "list",
        description = "Lists the records of a kind, or of all kinds, the newest first: time, kind, id, title.",
        footer = {"", "Example:", "  vaultmesh memory list deployment --memory memory --most 5"})
final class ListVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private Listing listing;

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "deployment, decision, incident, discovery or another kind.")
    private @Nullable Kind kind;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Search search = kind == null ? Search.all() : Search.all().kinds(kind);
        try (MemoryReader open = memory.read()) {
            listing.print(namespace.of(open).query(search), output);
        }
    }

    private static final class KindConverter implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String value) {
            return Names.find(Kind.class, value);
        }
    }
}
