package io.vaultmesh.examples.cli.audit;

import picocli.CommandLine.Command;

/** {@code vaultmesh audit}. */
@Command(
        name = "audit",
        description = "Checks a memory.",
        subcommands = {AuditVerifyVerb.class, AuditRootVerb.class})
public final class AuditGroup {}
