package io.vaultmesh.core;

import io.vaultmesh.build.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.ofModule("io.vaultmesh.core")
                .packages("check", "hash", "key", "json", "merkle", "note", "log", "dsse", "assertion")
                .atLeast(10)
                .allowHandedIn("com.fasterxml.jackson.databind.JsonNode", "hosts have Jackson, and parse with it")
                .tests();
    }
}
