package io.vaultmesh.examples.cli.scheduler;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh scheduler}. */
@Command(name = "scheduler", description = "Anchors checkpoints of a memory where they can't be taken back.")
@Verbs({SchedulerRunVerb.class, SchedulerPlanVerb.class, SchedulerStatusVerb.class})
public final class SchedulerGroup {}
