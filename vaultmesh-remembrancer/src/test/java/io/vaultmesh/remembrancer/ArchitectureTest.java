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
                        "memory",
                        "body",
                        "receipt",
                        "openpgp",
                        "timestamp",
                        "anchor",
                        "trust",
                        "index",
                        "adr",
                        "audit",
                        "insight",
                        "legacy")
                .atLeast(20)
                .tests();
    }
}
