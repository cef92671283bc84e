package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user has it: one file, everything inside. */
class VaultmeshJarIT {

    private static final Path JAR = Path.of(System.getProperty("module.jar"));

    @TempDir
    Path directory;

    @Test
    void runsAloneAndWarnsOfNothing() throws Exception {
        assertEquals(
                "vaultmesh " + System.getProperty("project.version"),
                run("--version").good().out().strip());
        run("spawn", "ledger").good();
        Path service = directory.resolve("services/ledger");
        assertTrue(Files.isDirectory(service.resolve(".git")));
        run(
                        "memory",
                        "record",
                        "deploy",
                        "--memory",
                        "memory",
                        "--component",
                        "ledger",
                        "--version",
                        "1.0.0",
                        "--artifact",
                        service.resolve("README.md").toString())
                .good();
        run("audit", "verify", "--memory", "memory").good();
        run("audit", "verify", "--memory", "nowhere").failed(ExitCode.USAGE);
    }

    private Run run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("VAULTMESH_TRACE");
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM announces it on standard error
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " took longer than a minute");
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void holdsNoModuleDescriptorsOrSignaturesAndOneServiceFileOfEachName() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertTrue(names.size() > 1000, "only " + names.size() + " entries");
            List<String> unwanted = names.stream()
                    .filter(name -> name.endsWith("module-info.class") || name.matches("META-INF/.*\\.(SF|DSA|RSA|EC)"))
                    .toList();
            assertEquals(List.of(), unwanted);
            assertNotNull(jar.getEntry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"));
            assertEquals("true", jar.getManifest().getMainAttributes().getValue("Multi-Release"));
        }
    }
}
