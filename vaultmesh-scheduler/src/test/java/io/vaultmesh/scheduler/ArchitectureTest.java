package io.vaultmesh.scheduler;

import io.vaultmesh.build.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.ofModule("io.vaultmesh.scheduler")
                .packages("cadence", "config", "anchor", "journal", "plan", "placement", "ops")
                .atLeast(30)
                .allow(
                        "io.vaultmesh.scheduler.SchedulerBuilder",
                        "java.time.InstantSource.system()",
                        "the default where a caller gives no clock")
                .tests();
    }
}
