/**
 * A transparency log that anyone can check, and what it stands on: canonical JSON, Merkle proofs, signed notes, and
 * signed statements.
 */
module io.vaultmesh.core {
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires java.xml;
    requires static org.bouncycastle.provider;
    requires static org.jspecify;

    exports io.vaultmesh.core.assertion;
    exports io.vaultmesh.core.check;
    exports io.vaultmesh.core.dsse;
    exports io.vaultmesh.core.hash;
    exports io.vaultmesh.core.json;
    exports io.vaultmesh.core.key;
    exports io.vaultmesh.core.log;
    exports io.vaultmesh.core.merkle;
    exports io.vaultmesh.core.note;
}
