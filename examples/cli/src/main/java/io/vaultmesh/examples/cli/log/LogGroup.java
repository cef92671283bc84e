package io.vaultmesh.examples.cli.log;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh log}. */
@Command(name = "log", description = "Keeps a transparency log in a directory, proves what is in it, and checks it.")
public final class LogGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("init", LogInitVerb.class),
                new Verb("append", LogAppendVerb.class),
                new Verb("checkpoint", LogCheckpointVerb.class),
                new Verb("prove", LogProveVerb.class),
                new Verb("consistency", LogConsistencyVerb.class),
                new Verb("verify", LogVerifyVerb.class),
                new Verb("fsck", LogFsckVerb.class),
                new Verb("serve", LogServeVerb.class));
    }
}
