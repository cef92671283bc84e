package io.vaultmesh.federation;

import io.vaultmesh.build.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.ofModule("io.vaultmesh.federation")
                .packages("peer", "reconcile", "policy", "merge", "wire", "protocol", "transport", "witness", "view")
                .atLeast(4)
                .tests();
    }
}
