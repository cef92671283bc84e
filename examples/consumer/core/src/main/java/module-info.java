module com.example.consumer.core {
    requires io.vaultmesh.core;
}
