/** An institution's memory: what was decided and deployed, signed, logged, and provable to anybody. */
@SuppressWarnings("module") // the module that disk is exported to is compiled after this one
module io.vaultmesh.remembrancer {
    requires transitive io.vaultmesh.core;
    requires java.net.http;
    requires java.sql;
    requires jdk.httpserver;
    requires org.bouncycastle.pg;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    exports io.vaultmesh.remembrancer;
    exports io.vaultmesh.remembrancer.anchor;
    exports io.vaultmesh.remembrancer.audit;
    exports io.vaultmesh.remembrancer.body;
    exports io.vaultmesh.remembrancer.index;
    exports io.vaultmesh.remembrancer.memory;
    exports io.vaultmesh.remembrancer.openpgp;
    exports io.vaultmesh.remembrancer.receipt;
    exports io.vaultmesh.remembrancer.timestamp;
    exports io.vaultmesh.remembrancer.trust;

    // how files are replaced: for the modules that keep some beside a memory
    exports io.vaultmesh.remembrancer.disk to
            io.vaultmesh.federation,
            io.vaultmesh.scheduler;
}
