package io.vaultmesh.scheduler;

import io.vaultmesh.build.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.ofModule("io.vaultmesh.scheduler")
                .packages("cadence", "config", "anchor", "journal", "plan", "placement", "ops", "metrics")
                .atLeast(30)
                .allowHandedIn(
                        "io.micrometer.core.instrument.MeterRegistry",
                        "a host that counts has one, and who doesn't needs no Micrometer")
                .allow(
                        "io.vaultmesh.scheduler.SchedulerBuilder",
                        "java.time.InstantSource.system()",
                        "the default where a caller gives no clock")
                .tests();
    }
}
