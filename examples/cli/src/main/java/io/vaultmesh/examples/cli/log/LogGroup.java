package io.vaultmesh.examples.cli.log;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh log}. */
@Command(name = "log", description = "Keeps a transparency log in a directory, proves what is in it, and checks it.")
@Verbs({
    LogInitVerb.class,
    LogAppendVerb.class,
    LogCheckpointVerb.class,
    LogProveVerb.class,
    LogConsistencyVerb.class,
    LogVerifyVerb.class,
    LogFsckVerb.class,
    LogServeVerb.class
})
public final class LogGroup {}
