package io.vaultmesh.spawn;

import io.vaultmesh.build.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.ofModule("io.vaultmesh.spawn")
                .packages("spec", "tree", "render", "toolchain", "generator", "git", "manifest", "update", "verify")
                .atLeast(20)
                .tests();
    }
}
