package io.vaultmesh.remembrancer;

import io.vaultmesh.build.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.ofModule("io.vaultmesh.remembrancer")
                .packages(
                        "disk",
                        "memory",
                        "body",
                        "receipt",
                        "openpgp",
                        "timestamp",
                        "anchor",
                        "trust",
                        "index",
                        "adr",
                        "git",
                        "audit",
                        "insight",
                        "legacy")
                .atLeast(20)
                .allow(
                        "io.vaultmesh.remembrancer.RemembrancerBuilder",
                        "java.time.InstantSource.system()",
                        "the default where a caller gives no clock")
                .tests();
    }
}
