package io.vaultmesh.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What a user of the jar takes on, measured on the jar as it is shipped. */
class ArtifactIT {

    private static final long MOST_BYTES = 350_000;
    private static final long MOST_BYTES_WITH_CLOSURE = 2_800_000;

    private final Path jar = Path.of(System.getProperty("module.jar"));

    private static List<Path> closure() throws IOException {
        String classpath = Files.readString(Path.of(System.getProperty("module.dir"), "target", "runtime-classpath"));
        return Stream.of(classpath.trim().split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    @Test
    void isSmall() throws IOException {
        long size = Files.size(jar);
        assertTrue(size <= MOST_BYTES, () -> jar + " has " + size + " bytes, expected at most " + MOST_BYTES);
    }

    @Test
    void isSmallWithAllThatItNeeds() throws IOException {
        long sum = Files.size(jar);
        for (Path needed : closure()) {
            sum += Files.size(needed);
        }
        long all = sum;
        assertTrue(
                all <= MOST_BYTES_WITH_CLOSURE,
                () -> "the jar and what it needs have " + all + " bytes, expected at most " + MOST_BYTES_WITH_CLOSURE);
    }

    @Test
    void needsJacksonAndSlf4jAndNothingElse() throws IOException {
        Set<String> allowed =
                Set.of("jackson-databind", "jackson-core", "jackson-annotations", "slf4j-api", "jspecify");
        Set<String> needed = closure().stream()
                .map(path -> path.getFileName().toString().replaceFirst("-[0-9].*", ""))
                .collect(Collectors.toSet());
        assertTrue(needed.contains("jackson-databind"), () -> "no closure was read: " + needed);
        assertTrue(allowed.containsAll(needed), () -> needed + " has more than " + allowed);
    }

    /** The closure above is written without it, so that it is looked for where users' tools look. */
    @Test
    void leavesBouncyCastleToTheUser() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String pom = text(file, "META-INF/maven/io.vaultmesh/vaultmesh-core/pom.xml");
            assertTrue(pom.contains("org.bouncycastle"), pom);
            assertEquals(
                    List.of(),
                    Pattern.compile(
                                    "<dependency>(?:(?!</dependency>).)*org\\.bouncycastle.*?</dependency>",
                                    Pattern.DOTALL)
                            .matcher(pom)
                            .results()
                            .map(MatchResult::group)
                            .filter(row -> !row.contains("<optional>true</optional>"))
                            .toList());
            assertEquals(
                    List.of(Set.of(ModuleDescriptor.Requires.Modifier.STATIC)),
                    module(file).requires().stream()
                            .filter(requires -> requires.name().startsWith("org.bouncycastle"))
                            .map(ModuleDescriptor.Requires::modifiers)
                            .toList());
        }
    }

    private static String text(JarFile file, String name) throws IOException {
        ZipEntry entry = file.getEntry(name);
        assertNotNull(entry, name);
        try (InputStream stream = file.getInputStream(entry)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ModuleDescriptor module(JarFile file) throws IOException {
        ZipEntry entry = file.getEntry("module-info.class");
        assertNotNull(entry, "module-info.class");
        try (InputStream stream = file.getInputStream(entry)) {
            return ModuleDescriptor.read(stream);
        }
    }

    @Test
    void holdsItsPackagesAndItsLicenceAndNothingElse() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
            assertTrue(names.contains("META-INF/LICENSE"), names::toString);
            assertTrue(names.contains("io/vaultmesh/core/hash/Hash.class"), names::toString);
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name -> !name.startsWith("META-INF/")
                                    && !name.startsWith("io/vaultmesh/core/")
                                    && !name.equals("module-info.class"))
                            .toList());
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name -> name.matches(".*(Test|Properties|IT)(\\$.*)?\\.class"))
                            .toList(),
                    "test classes");
        }
    }

    @Test
    void isANamedModuleWhosePackagesAreAllItsOwn() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ModuleDescriptor module = module(file);
            assertEquals("io.vaultmesh.core", module.name());
            assertEquals(
                    List.of(),
                    module.exports().stream()
                            .filter(exports -> file.getEntry(exports.source().replace('.', '/') + "/") == null)
                            .toList(),
                    "exported packages that the jar doesn't hold");
        }
    }
}
