package io.vaultmesh.spawn;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.nio.file.Path;
import java.util.Map;

/** A program that spawns one service and says its commit: a host whose environment a test can choose. */
public final class SpawnOne {

    static final ServiceSpec SPEC =
            ServiceSpec.named("ledger").description("Double-entry ledger").build();

    private SpawnOne() {}

    /** Spawns into the directory that is the only argument. */
    public static void main(String[] args) {
        System.out.println(Spawner.builder()
                .into(Path.of(args[0]))
                .environment(Map.of())
                .build()
                .spawn(SPEC)
                .commit());
    }
}
