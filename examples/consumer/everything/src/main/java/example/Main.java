package example;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.FederationNode;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Scaffold;
import io.vaultmesh.remembrancer.receipt.Receipt;
import io.vaultmesh.scheduler.cadence.Cadence;
import io.vaultmesh.spawn.SpawnResult;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.RelativePath;
import java.nio.file.Path;

/** A service with a generator of one's own, remembered. */
public final class Main {

    public static void main(String[] args) {
        Path home = Path.of(args[0]);
        Generator notice = Generator.of(
                "notice", (spec, files) -> files.add(RelativePath.of("NOTICE"), "# " + spec.name() + "\n"));
        SpawnResult service = Spawner.builder()
                .into(home.resolve("services"))
                .add(notice)
                .build()
                .spawn(ServiceSpec.named("ledger").build());
        service.manifest().verify(service.directory()).orThrow();
        try (Remembrancer memory = Remembrancer.open(home.resolve("memory"));
                FederationNode node = FederationNode.builder()
                        .memory(memory)
                        .listen("127.0.0.1", 0)
                        .build()) {
            Receipt receipt = memory.record(Scaffold.of(service.directory()));
            memory.verify(receipt).orThrow();
            memory.verifyAudit().orThrow();
            node.start();
            Hash root = node.status().namespaces().get(0).root();
            boolean module = Main.class.getModule().isNamed();
            System.out.println("everything on the " + (module ? "module path" : "class path") + ": " + receipt
                    + " is proven, set root " + root + ", anchored every " + Cadence.parse("34*fast"));
        }
    }
}
