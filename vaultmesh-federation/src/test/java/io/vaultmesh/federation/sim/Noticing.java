package io.vaultmesh.federation.sim;

import org.jspecify.annotations.Nullable;

/** Lets worlds live until one notices that something is broken. */
public final class Noticing {

    private Noticing() {}

    /** What the first one says that fails; null if none does. */
    public static @Nullable String firstNotice(int mostWorlds) {
        long seed = 0;
        try {
            SimWorld mesh = new SimWorld(1, MeshTest.mesh(8, 60), new SimCounters());
            var unused = mesh.run();
            if (mesh.needless() > 0) {
                return "mesh: " + mesh.needless() + " entries came to nodes that had them";
            }
            for (seed = 1; seed <= mostWorlds; seed++) {
                unused = new SimWorld(seed, new SimCounters()).run();
            }
        } catch (AssertionError | RuntimeException e) {
            return (seed == 0 ? "mesh" : "world " + seed) + ": " + e;
        }
        return null;
    }
}
