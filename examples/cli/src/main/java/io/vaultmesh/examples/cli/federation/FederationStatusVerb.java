package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.remembrancer.MemoryReader;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh federation status}. */
@Command(
        name = "status",
        description =
                "Shows what is shared: each namespace's records, set root, policy, conflicts, refusals and peers.",
        footer = {
            "",
            "It reads the files and asks nobody, so it works whether the node runs or not. Nodes that show the same set",
            "root hold the same records. Which peer agrees, and since when, only the running node knows: its `serve`",
            "prints that.",
            "",
            "Example:",
            "  vaultmesh federation status --memory memory"
        })
final class FederationStatusVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NodeFiles files;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Set<String> shared = new TreeSet<>();
        files.config().namespaces().forEach(name -> shared.add(name.value()));
        List<Peer> peers = files.peers().read();
        try (MemoryReader reader = Remembrancer.read(memory.directory())) {
            for (String name : shared) {
                List<Peer> here = peers.stream()
                        .filter(peer -> peer.namespaces().contains(new NamespaceName(name)))
                        .toList();
                print(name, SetOnDisk.read(memory.directory(), reader.namespace(name)), here);
            }
        }
    }

    private void print(String name, SetOnDisk set, List<Peer> peers) {
        StringBuilder text = new StringBuilder("namespace  " + name + "\nrecords    " + set.size() + "\nroot       "
                + set.root() + "\npolicy     " + set.policy() + "\nconflicts  " + set.conflicts() + "\nrefused    "
                + set.refused() + "\n");
        peers.forEach(peer -> text.append("peer       ").append(peer).append('\n'));
        output.print(
                JsonObject.builder()
                        .put("namespace", name)
                        .put("records", set.size())
                        .put("root", set.root().toString())
                        .put("policy", set.policy().toString())
                        .put("conflicts", set.conflicts())
                        .put("refused", set.refused())
                        .put(
                                "peers",
                                JsonArray.ofStrings(peers.stream()
                                        .map(peer -> peer.id().did())
                                        .toList()))
                        .build(),
                text.toString());
    }
}
