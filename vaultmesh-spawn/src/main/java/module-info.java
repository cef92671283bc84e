/** Creates services: planned before they are written, sealed after. */
module io.vaultmesh.spawn {
    requires transitive io.vaultmesh.core;
    requires io.pebbletemplates;
    requires org.eclipse.jgit;
    // Pebble and JGit log with it; neither says so in a module-info
    requires org.slf4j;
    requires static org.jspecify;

    exports io.vaultmesh.spawn;
    exports io.vaultmesh.spawn.generator;
    exports io.vaultmesh.spawn.manifest;
    exports io.vaultmesh.spawn.spec;
    exports io.vaultmesh.spawn.tree;
}
