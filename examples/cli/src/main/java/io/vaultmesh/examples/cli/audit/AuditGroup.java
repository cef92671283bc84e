package io.vaultmesh.examples.cli.audit;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh audit}. */
@Verbs({AuditVerifyVerb.class, AuditRootVerb.class, AuditReportVerb.class})
@Command(name = "audit", description = "Checks a memory.")
public final class AuditGroup {}
