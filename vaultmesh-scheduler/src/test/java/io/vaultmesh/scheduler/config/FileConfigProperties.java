package io.vaultmesh.scheduler.config;

import static io.vaultmesh.scheduler.config.ConfigFixture.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FileConfigProperties {

    private static final String NASTY = "\n :-[]{}#&*!|>'\"%@`,?\tax0$\u0000\u00ff";
    private static final String PLACE = "(?s)(namespaces|anchors)\\.yaml:[0-9]+:[0-9]+: .+";

    private static void readOrRefused(byte[] namespaces, byte[] anchors, AtomicInteger read) {
        ConfigFixture fixture = new ConfigFixture();
        fixture.environment.putAll(Map.of("TSA_URL", "u", "ARCHIVE", "/"));
        try {
            FileConfig config = fixture.parse(namespaces, anchors);
            read.incrementAndGet();
            config.leftOut().values().forEach(reason -> assertTrue(reason.matches(PLACE), reason));
            config.lanes()
                    .keySet()
                    .forEach(lane -> assertEquals(
                            lane.target(), config.targets().get(lane.target()).name()));
        } catch (ConfigException refused) {
            assertTrue(String.valueOf(refused.getMessage()).matches(PLACE), refused.getMessage());
        }
    }

    @Property(tries = 300)
    void anyBytesAreReadOrRefused(@ForAll byte[] namespaces, @ForAll byte[] anchors) {
        AtomicInteger unused = new AtomicInteger();
        readOrRefused(namespaces, anchors, unused);
        readOrRefused(namespaces, resource("ours/anchors.yaml").getBytes(UTF_8), unused);
        readOrRefused(resource("ours/namespaces.yaml").getBytes(UTF_8), anchors, unused);
    }

    @Property(tries = 300)
    void filesWithChangedBytesAreReadOrRefused(@ForAll("changes") List<Integer> changes, @ForAll Random random) {
        AtomicInteger unused = new AtomicInteger();
        for (String folder : List.of("ours", "original")) {
            byte[] namespaces = resource(folder + "/namespaces.yaml").getBytes(UTF_8);
            byte[] anchors = resource(folder + "/anchors.yaml").getBytes(UTF_8);
            readOrRefused(change(namespaces.clone(), changes, random), anchors, unused);
            readOrRefused(namespaces, change(anchors.clone(), changes, random), unused);
        }
    }

    private static byte[] change(byte[] yaml, List<Integer> changes, Random random) {
        for (int at : changes) {
            yaml[at % yaml.length] = (byte) NASTY.charAt(random.nextInt(NASTY.length()));
        }
        return yaml;
    }

    @Property(tries = 100)
    void filesThatBreakOffAreReadOrRefused(@ForAll Random random) {
        byte[] namespaces = resource("ours/namespaces.yaml").getBytes(UTF_8);
        byte[] anchors = resource("ours/anchors.yaml").getBytes(UTF_8);
        AtomicInteger read = new AtomicInteger();
        readOrRefused(Arrays.copyOf(namespaces, random.nextInt(namespaces.length)), anchors, read);
        readOrRefused(namespaces, Arrays.copyOf(anchors, random.nextInt(anchors.length)), read);
        readOrRefused(namespaces, anchors, read);
        assertTrue(read.get() >= 1, "the whole files aren't read");
    }

    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers().between(0, 10_000).list().ofMinSize(1).ofMaxSize(4);
    }
}
