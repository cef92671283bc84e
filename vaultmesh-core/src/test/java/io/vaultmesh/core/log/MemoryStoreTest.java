package io.vaultmesh.core.log;

import io.vaultmesh.core.testing.LogStoreConformance;

class MemoryStoreTest extends LogStoreConformance {

    @Override
    protected LogStore emptyStore() {
        return new MemoryStore();
    }
}
