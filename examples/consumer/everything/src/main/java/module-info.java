module com.example.consumer.everything {
    requires io.vaultmesh.federation;
    requires io.vaultmesh.remembrancer;
    requires io.vaultmesh.scheduler;
    requires io.vaultmesh.spawn;
}
