package io.vaultmesh.federation;

import io.vaultmesh.build.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.ofModule("io.vaultmesh.federation")
                .packages(
                        "peer",
                        "signature",
                        "guard",
                        "reconcile",
                        "policy",
                        "merge",
                        "wire",
                        "protocol",
                        "transport",
                        "config",
                        "metrics",
                        "witness",
                        "view")
                .atLeast(4)
                .tests();
    }
}
