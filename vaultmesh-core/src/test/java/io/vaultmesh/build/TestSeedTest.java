package io.vaultmesh.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class TestSeedTest {

    @Test
    void isFixedUnlessSaidOtherwise() {
        assertEquals(20261101, TestSeed.from(""));
    }

    @Test
    void isRepeatedByItsNumber() {
        assertEquals(-7, TestSeed.from("-7"));
    }

    @Test
    void isAnotherOneEachTimeIfRandom() {
        List<Long> seeds = List.of(TestSeed.from("random"), TestSeed.from("random"), TestSeed.from("random"));
        assertFalse(seeds.stream().allMatch(seeds.get(0)::equals), seeds::toString);
    }

    @Test
    void refusesAnythingElse() {
        assertThrows(IllegalArgumentException.class, () -> TestSeed.from("lucky"));
    }

    @Test
    void reachesPropertiesAndIsPrintedWithTheCommandWhenOneFails() {
        String first = runFailing(41);
        List<Long> values = List.copyOf(Failing.SEEN);
        String second = runFailing(41);

        assertFalse(values.isEmpty());
        assertEquals(values, Failing.SEEN, "the seed alone decides the values");
        assertEquals(first, second);
        assertEquals(
                "FAILED failsOnLargeNumbers with seed 41; to repeat it:\n"
                        + "  mvn -B -ntp package"
                        + " '-Dtest=io.vaultmesh.build.TestSeedTest$Failing#failsOnLargeNumbers'"
                        + " -pl vaultmesh-core -am -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dfailsafe.failIfNoSpecifiedTests=false -Dvaultmesh.seed=41\n",
                first);
    }

    @Test
    void isPrintedWithACommandThatAlsoRepeatsIntegrationTests() {
        FailureListener listener = new FailureListener(System.out, Path.of("/x/vaultmesh-core"), 41);
        assertTrue(listener.command("a.ArtifactIT#isSmall").contains(" -Dtest=none '-Dit.test=a.ArtifactIT#isSmall'"));
        assertTrue(listener.command("a.ArtifactIT$Nested").contains(" '-Dit.test=a.ArtifactIT$Nested'"));
        assertTrue(listener.command("a.BITTest#isIT").contains(" '-Dtest=a.BITTest#isIT'"));
    }

    @Test
    void doesNotReplaceASeedThatAPropertyNames() {
        runFailing(41);
        List<Long> five = List.copyOf(Failing.SEEN_WITH_OWN_SEED);
        assertEquals(20, five.size());
        assertNotEquals(five.subList(0, Failing.SEEN.size()), Failing.SEEN);
    }

    private static String runFailing(long seed) {
        Failing.SEEN.clear();
        Failing.SEEN_WITH_OWN_SEED.clear();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FailureListener listener = new FailureListener(
                new PrintStream(out, true, StandardCharsets.UTF_8), Path.of(System.getProperty("module.dir")), seed);
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Failing.class))
                                // not to the terminal, where it would look like a failure of this run
                                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                                .build(),
                        listener);
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    /** Not a test of its own: a property that fails on purpose. */
    static class Failing {
        static final List<Long> SEEN = new ArrayList<>();
        static final List<Long> SEEN_WITH_OWN_SEED = new ArrayList<>();

        @Property(shrinking = ShrinkingMode.OFF)
        void failsOnLargeNumbers(@ForAll long number) {
            SEEN.add(number);
            assertTrue(number < 1L << 40);
        }

        @Property(seed = "5", tries = 20)
        void namesItsOwnSeed(@ForAll long number) {
            SEEN_WITH_OWN_SEED.add(number);
        }
    }
}
