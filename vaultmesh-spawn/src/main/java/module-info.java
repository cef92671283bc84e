/** Creates services: planned before they are written, sealed after. */
module io.vaultmesh.spawn {
    requires transitive io.vaultmesh.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.toml;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires io.pebbletemplates;
    requires org.commonmark;
    requires org.eclipse.jgit;
    // Pebble and JGit log with it; neither says so in a module-info
    requires org.slf4j;
    requires static org.jspecify;

    exports io.vaultmesh.spawn;
    exports io.vaultmesh.spawn.generator;
    exports io.vaultmesh.spawn.manifest;
    exports io.vaultmesh.spawn.spec;
    exports io.vaultmesh.spawn.tree;
    exports io.vaultmesh.spawn.update;
}
