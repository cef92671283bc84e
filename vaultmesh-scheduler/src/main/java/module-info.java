/** Roots anchored on time. */
module io.vaultmesh.scheduler {
    requires transitive io.vaultmesh.core;
    requires transitive io.vaultmesh.remembrancer;
    requires jdk.httpserver;
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires static micrometer.core;
    requires org.yaml.snakeyaml;
    requires static org.jspecify;

    exports io.vaultmesh.scheduler.cadence;
    exports io.vaultmesh.scheduler.config;
    exports io.vaultmesh.scheduler.journal;
    exports io.vaultmesh.scheduler.metrics;
    exports io.vaultmesh.scheduler.ops;
    exports io.vaultmesh.scheduler.plan;
    exports io.vaultmesh.scheduler.anchor;
    exports io.vaultmesh.scheduler;
}
