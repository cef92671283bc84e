/** Memories that converge across peers who don't trust each other's disks. */
module io.vaultmesh.federation {
    requires transitive io.vaultmesh.core;
    requires static org.jspecify;

    exports io.vaultmesh.federation.reconcile;
}
