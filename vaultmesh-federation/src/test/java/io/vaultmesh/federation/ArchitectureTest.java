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
                .allow(
                        "io.vaultmesh.federation.FederationNodeBuilder",
                        "java.time.InstantSource.system()",
                        "the default of a parameter")
                .allow(
                        "io.vaultmesh.federation.transport.HttpListener",
                        "java.util.concurrent.TimeUnit.sleep()",
                        "once, at the start, for less than a second: what is older is refused")
                .allowHandedIn(
                        "io.micrometer.core.instrument.MeterRegistry",
                        "a host that counts has one, and who doesn't needs no Micrometer")
                .atLeast(4)
                .allow(
                        "io.vaultmesh.federation.FederationNodeBuilder",
                        "java.time.InstantSource.system()",
                        "the default where a caller gives no clock")
                .allow(
                        "io.vaultmesh.federation.transport.HttpListener",
                        "java.util.concurrent.TimeUnit.sleep()",
                        "requests of the second in which a node begins are refused, so it begins with the next one")
                .tests();
    }
}
