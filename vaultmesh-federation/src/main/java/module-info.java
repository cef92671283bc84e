/** Memories that converge across peers who don't trust each other's disks. */
module io.vaultmesh.federation {
    requires transitive io.vaultmesh.core;
    requires transitive io.vaultmesh.remembrancer;
    requires com.fasterxml.jackson.databind;
    requires com.networknt.schema;
    requires jdk.httpserver;
    requires org.slf4j;
    requires org.yaml.snakeyaml;
    requires static micrometer.core;
    requires static org.jspecify;

    exports io.vaultmesh.federation.config;
    exports io.vaultmesh.federation.guard;
    exports io.vaultmesh.federation.merge;
    exports io.vaultmesh.federation.metrics;
    exports io.vaultmesh.federation.peer;
    exports io.vaultmesh.federation.policy;
    exports io.vaultmesh.federation.protocol;
    exports io.vaultmesh.federation.reconcile;
    exports io.vaultmesh.federation.signature;
    exports io.vaultmesh.federation.transport;
    exports io.vaultmesh.federation.view;
    exports io.vaultmesh.federation.wire;
    exports io.vaultmesh.federation;
}
