/** Roots anchored on time. */
module io.vaultmesh.scheduler {
    requires transitive io.vaultmesh.core;
    requires static org.jspecify;

    exports io.vaultmesh.scheduler.cadence;
}
