package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.federation.FederationNode;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.SyncReport;
import io.vaultmesh.remembrancer.Remembrancer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh federation sync}. */
@Command(
        name = "sync",
        description = "Starts the node, makes it and a peer agree, says what came of it in each namespace, and ends.",
        footer = {
            "",
            "The exit status is 1 if the sets still differ, and 3 if the peer couldn't be asked.",
            "",
            "Example:",
            "  vaultmesh federation sync did:key:z6Mk… --memory memory"
        })
final class FederationSyncVerb implements Callable<Integer> {

    private static final int MOST_EXCHANGES = 3;

    @Parameters(paramLabel = "DID", description = "The peer's identity, which peers.yaml has with an address.")
    private String did;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NodeFiles files;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        PeerId peer = new PeerId(did);
        List<SyncReport> reports;
        try (Remembrancer open = memory.open();
                FederationNode node = FederationNode.builder()
                        .memory(open)
                        .config(NodeFiles.existing(files.configFile()))
                        .peers(NodeFiles.existing(files.peersFile()))
                        .build()) {
            node.start();
            reports = sync(node, peer);
        }
        int status = ExitCode.GOOD;
        for (SyncReport report : reports) {
            output.print(json(report), report + "\n");
            status = Math.max(status, status(report));
        }
        return status;
    }

    /** An exchange that crosses one that the peer began may find a difference that is gone a moment later. */
    private static List<SyncReport> sync(FederationNode node, PeerId peer) {
        List<SyncReport> reports = node.sync(peer).namespaces();
        for (int more = 1; more < MOST_EXCHANGES && reports.stream().anyMatch(FederationSyncVerb::differs); more++) {
            reports = node.sync(peer).namespaces();
        }
        return reports;
    }

    private static boolean differs(SyncReport report) {
        return report.outcome() == SyncReport.Outcome.DIFFERS;
    }

    private static int status(SyncReport report) {
        return switch (report.outcome()) {
            case IN_SYNC, CONVERGED -> ExitCode.GOOD;
            case ANNOUNCED, DIFFERS, POLICY_DIFFERS -> ExitCode.REFUTED;
            case FAILED -> ExitCode.ENVIRONMENT;
        };
    }

    private static JsonObject json(SyncReport report) {
        return JsonObject.builder()
                .put("namespace", report.namespace().value())
                .put("peer", report.peer().did())
                .put("outcome", report.outcome().name().toLowerCase(Locale.ROOT))
                .put("fetched", report.fetched())
                .put("pushed", report.pushed())
                .put("refused", report.refused())
                .put("withheld", report.withheld())
                .put("bodies", report.bodies())
                .put("requests", report.requests())
                .put("bytes", report.bytes())
                .put("reason", report.reason())
                .build();
    }
}
