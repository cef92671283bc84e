package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.spawn.manifest.ManifestFile;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.SpecException;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SpawnerProperties {

    private final Spawner spawner = Spawner.builder().build();

    @Property(tries = 100)
    void whateverIsAcceptedCanBePlannedAndIsPlannedTheSameTwice(
            @ForAll("names") String name, @ForAll("texts") String description, @ForAll("texts") String owner) {
        ServiceSpec spec = specOrSkip(name, description, owner);

        SpawnPlan plan = spawner.plan(spec);

        assertEquals(plan, spawner.plan(spec));
        assertEquals(
                plan.manifest().files().stream().map(ManifestFile::path).toList(),
                plan.files().files().stream()
                        .filter(file -> !file.generator().equals("manifest"))
                        .map(GeneratedFile::path)
                        .toList());
        for (GeneratedFile file : plan.files()) {
            assertTrue(file.path().segments().size() <= 5, file.path().value());
        }
    }

    private static ServiceSpec specOrSkip(String name, String description, String owner) {
        try {
            return ServiceSpec.named(name).description(description).owner(owner).build();
        } catch (SpecException e) {
            Assume.that(false);
            throw e;
        }
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> word = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .ofMinLength(1)
                .ofMaxLength(20);
        return word.list().ofMinSize(1).ofMaxSize(3).map(words -> "a" + String.join("-", words));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("ab\"'\\`{}%#$()é")
                        .ofMinLength(1)
                        .ofMaxLength(40),
                Arbitraries.of(List.of("{{ name }}", "{% raw %}", "{# x #}", "${{ y }}", "\"\"\"", "\uD83D\uDE80")));
    }
}
