package io.vaultmesh.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each rule is seen to fail on classes that break it, and to pass on classes that don't. */
class ArchitectureRulesTest {

    private static final String ROOT = "io.vaultmesh.build.fixture";
    private static final String THIRD = ROOT + ".third.";
    private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages(ROOT);

    private final ArchitectureRules rules = rules(module().build());

    private static ModuleDescriptor.Builder module() {
        return ModuleDescriptor.newModule(ROOT).exports(ROOT + ".third");
    }

    private static ArchitectureRules rules(ModuleDescriptor module) {
        return ArchitectureRules.of(ROOT, FIXTURE, module).packages("secret", "first", "second", "third");
    }

    private static void assertFound(Set<String> findings, String expected) {
        assertTrue(
                findings.stream().anyMatch(finding -> finding.contains(expected)),
                () -> "expected a finding with <" + expected + "> among\n  " + String.join("\n  ", findings));
    }

    @Nested
    class Packages {
        @Test
        void thatIsNotListedIsNamed() {
            rules.packages("secret", "first", "third");
            assertEquals(
                    Set.of("package " + ROOT + ".second exists, but isn't among [secret, first, third]"),
                    rules.unlistedPackages());
        }

        @Test
        void thatAreListedPass() {
            assertEquals(Set.of(), rules.unlistedPackages());
        }

        @Test
        void thatUseEachOtherAreACycle() {
            assertEquals(1, rules.cycles().size(), () -> rules.cycles().toString());
            assertFound(rules.cycles(), "Cycle detected");
            assertFound(rules.cycles(), "UsesLater");
        }

        @Test
        void mustNotImportALaterOneNotEvenAsAnArray() {
            assertFound(rules.importsAgainstTheOrder(), "first uses second, which doesn't stand before it");
        }

        @Test
        void mustNotImportTheRootWhichIsLast() {
            assertFound(rules.importsAgainstTheOrder(), "third uses (root), which doesn't stand before it");
        }

        @Test
        void mayImportWhatStandsBefore() {
            assertEquals(
                    List.of(),
                    rules.importsAgainstTheOrder().stream()
                            .filter(finding -> !finding.startsWith("first uses second,")
                                    && !finding.startsWith("third uses (root),"))
                            .toList());
        }
    }

    @Nested
    class Leaks {
        @Test
        void ofPackagesThatAreNotExportedAreFoundWhereverTheyStand() {
            Set<String> leaks = rules.leaks();
            String hidden = " " + ROOT + ".secret.Hidden, whose package isn't exported";
            assertFound(leaks, THIRD + "Leaks implements" + hidden);
            assertFound(leaks, THIRD + "Leaks is bounded by" + hidden);
            assertFound(leaks, THIRD + "Leaks.field has type" + hidden);
            assertFound(leaks, "Leaks.<init>(" + ROOT + ".secret.Hidden) takes" + hidden);
            assertFound(leaks, "Leaks.returned() returns" + hidden);
            assertTrue(leaks.stream().noneMatch(leak -> leak.contains("packagePrivateIsNoLeak")), leaks::toString);
        }

        @Test
        void ofTypesThatAreNotPublicAreFound() {
            assertFound(rules.leaks(), "Leaks.unnamed() returns " + THIRD + "Leaks$NotPublic, which isn't public");
        }

        @Test
        void ofOtherLibrariesAreFoundUnlessHandedIn() {
            String node = "com.fasterxml.jackson.databind.JsonNode";
            assertFound(rules.leaks(), "Leaks.takes(" + node + ") takes " + node + ", a type of another library");

            rules.allowHandedIn(node, "callers have Jackson");
            assertFound(rules.leaks(), "Leaks.gives() returns " + node);
            assertTrue(rules.leaks().stream().noneMatch(leak -> leak.contains(" takes " + node)));
        }

        @Test
        void ofAModuleOfOursAreFoundUnlessItIsRequiredTransitively() {
            String leak = "Leaks.ours() returns io.vaultmesh.core.hash.Hash, whose module isn't required transitively";
            assertFound(rules.leaks(), leak);

            ModuleDescriptor transitive = module().requires(
                            Set.of(ModuleDescriptor.Requires.Modifier.TRANSITIVE), "io.vaultmesh.core")
                    .build();
            assertTrue(rules(transitive).leaks().stream().noneMatch(finding -> finding.contains("ours()")));
        }

        @Test
        void areNotLookedForInVainWhenNothingIsExported() {
            ModuleDescriptor closed = ModuleDescriptor.newModule(ROOT).build();
            assertEquals(
                    Set.of("no public class in an exported package of " + ROOT + " was seen"),
                    rules(closed).leaks());
        }
    }

    @Nested
    class SideEffectsOfALibrary {
        private static final String ADVICE = "; take it as a parameter, or allow it with a reason";

        @Test
        void areFoundAsCallsAndAsMethodReferences() {
            List<String> uses = List.of(
                    "java.lang.System.out",
                    "java.lang.System.err",
                    "java.lang.IllegalStateException.printStackTrace()",
                    "java.lang.Thread.sleep()",
                    "java.lang.System.currentTimeMillis()",
                    "java.time.Clock.systemUTC()",
                    "java.time.InstantSource.system()",
                    "java.time.LocalDate.now()",
                    "java.time.Instant.now()",
                    "java.lang.Runtime.halt()",
                    "java.lang.System.exit()");
            Set<String> findings = rules.sideEffects();
            uses.forEach(use -> assertFound(findings, THIRD + "Misbehaves uses " + use + ADVICE));
            assertEquals(uses.size(), findings.size(), findings::toString);
        }

        @Test
        void passWhereTheyAreAllowed() {
            rules.allow(THIRD + "Misbehaves", "java.lang.Thread.sleep()", "a fixture");
            assertTrue(rules.sideEffects().stream().noneMatch(finding -> finding.contains("sleep")));
        }

        @Test
        void thatAreAllowedButGoneAreFound() {
            rules.allow(THIRD + "Leaks", "java.lang.Thread.sleep()", "it slept once");
            assertFound(rules.sideEffects(), "allowed but gone: " + THIRD + "Leaks uses java.lang.Thread.sleep()");
        }
    }

    @Nested
    class EveryRule {
        @Test
        void failsIfItSawTooFewClasses() {
            rules.atLeast(1000);
            List<String> failures = rules.tests()
                    .map(test -> assertThrows(
                                    AssertionError.class,
                                    () -> test.getExecutable().execute())
                            .getMessage())
                    .toList();
            assertEquals(5, failures.size());
            failures.forEach(failure -> assertTrue(failure.contains("expected at least 1000"), failure));
        }

        @Test
        void failsWithItsFindings() {
            AssertionError failure = assertThrows(AssertionError.class, () -> rules.verify("no leaks", rules::leaks));
            assertTrue(failure.getMessage().startsWith("no leaks, but:\n  "), failure.getMessage());
        }

        @Test
        void refusesAModuleOfAnotherName() {
            assertThrows(IllegalArgumentException.class, () -> ArchitectureRules.ofModule("io.vaultmesh.other"));
        }
    }
}
