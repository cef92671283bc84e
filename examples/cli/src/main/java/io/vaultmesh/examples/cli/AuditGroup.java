package io.vaultmesh.examples.cli;

import picocli.CommandLine.Command;

/** {@code vaultmesh audit}. */
@Command(
        name = "audit",
        description = "Checks a memory.",
        subcommands = {AuditVerifyVerb.class, AuditRootVerb.class})
final class AuditGroup {}
