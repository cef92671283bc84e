package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.build.OutsideProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The launcher, and what the guide has a newcomer type. */
class LauncherIT {

    private static final Path TARGET =
            Path.of(System.getProperty("module.jar")).toAbsolutePath().getParent();
    private static final String VERSION = "vaultmesh " + System.getProperty("project.version") + "\n";

    @TempDir
    Path directory;

    private static OutsideProgram bash() {
        return OutsideProgram.require("bash")
                .withoutEnv("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "VAULTMESH_TRACE")
                .env("JAVA_HOME", System.getProperty("java.home"));
    }

    private static String good(Result result) {
        assertEquals("", result.err(), result.toString());
        return result.orFail();
    }

    @Test
    void runsFromAnyDirectoryAndThroughLinks() throws IOException {
        Path launcher = TARGET.resolve("vaultmesh");
        assertEquals(VERSION, good(bash().run(directory, "-c", launcher + " --version")));
        assertEquals(VERSION, good(bash().run(TARGET, "-c", "./vaultmesh --version")));
        assertEquals(VERSION, good(bash().run(TARGET, "-c", "PATH=$PWD:$PATH; cd /; vaultmesh --version")));
        Path far = Files.createDirectories(directory.resolve("a b/bin"));
        Files.createSymbolicLink(directory.resolve("a b/first"), launcher);
        Files.createSymbolicLink(far.resolve("second"), Path.of("../first"));
        assertEquals(VERSION, good(bash().run(directory, "-c", "'a b/bin/second' --version")));
    }

    @Test
    void archiveFitsTheJarAndTheJavaThatBuiltIt() {
        Result result = OutsideProgram.java()
                .withoutEnv("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
                .run(
                        directory,
                        "-Xshare:on", // fails if it doesn't fit
                        "-XX:SharedArchiveFile=" + TARGET.resolve("vaultmesh.jsa"),
                        "-Xlog:class+load",
                        "-cp",
                        TARGET.resolve("vaultmesh.jar").toString(),
                        "io.vaultmesh.examples.cli.Vaultmesh",
                        "receipt",
                        "--help");
        String loaded = result.orFail();
        for (String type : List.of("io.vaultmesh.examples.cli.Vaultmesh", "picocli.CommandLine")) {
            assertTrue(loaded.contains(type + " source: shared objects file (top)"), type + " isn't in the archive");
        }
    }

    @Test
    void worksInSilenceWhereTheArchiveDoesNotFitOrIsDamagedOrGone() throws IOException {
        for (String file : List.of("vaultmesh", "vaultmesh.jar", "vaultmesh.jsa")) {
            Files.copy(TARGET.resolve(file), directory.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        assertEquals(VERSION, good(bash().run(directory, "-c", "./vaultmesh --version")));
        Path archive = directory.resolve("vaultmesh.jsa");
        byte[] bytes = Files.readAllBytes(archive);
        Files.delete(archive);
        assertEquals(VERSION, good(bash().run(directory, "-c", "./vaultmesh --version")));
        Files.writeString(archive, "no archive");
        assertEquals(VERSION, good(bash().run(directory, "-c", "./vaultmesh --version")));
        for (int header : List.of(0, 4, 8, 16)) { // magic number, version and what else another JVM may differ in
            byte[] damaged = bytes.clone();
            damaged[header] ^= (byte) 0xFF;
            Files.write(archive, damaged);
            assertEquals(VERSION, good(bash().run(directory, "-c", "./vaultmesh --version")), "byte " + header);
        }
    }

    @Test
    void anotherJavaPassesOverTheArchiveInSilence() throws IOException {
        Path other;
        try (Stream<Path> all = Files.list(Path.of("/usr/lib/jvm"))) {
            other = all.filter(LauncherIT::isAnotherJava)
                    .findFirst()
                    .orElseThrow(() -> new TestAbortedException("there is no other JDK below /usr/lib/jvm"));
        }
        Result result = bash().env("JAVA_HOME", other.toString())
                .run(directory, "-c", TARGET.resolve("vaultmesh") + " spawn ledger");
        assertTrue(good(result).startsWith("created   services/ledger\n"), result.toString());
    }

    private static boolean isAnotherJava(Path home) {
        try {
            Matcher version =
                    Pattern.compile("JAVA_VERSION=\"([0-9]+)").matcher(Files.readString(home.resolve("release")));
            return version.find()
                    && Integer.parseInt(version.group(1)) >= 17
                    && Integer.parseInt(version.group(1)) != Runtime.version().feature();
        } catch (IOException e) {
            return false; // no JDK
        }
    }

    @Test
    void namesInOtherAlphabetsNeedNoLocale() {
        Result result = bash().withoutEnv("LC_", "LANG", "JAVA_TOOL_OPTIONS")
                .env("JAVA_HOME", System.getProperty("java.home"))
                .run(
                        directory,
                        "-c",
                        "v=" + TARGET.resolve("vaultmesh") + "; echo книга > книга; $v memory record deploy --memory 記憶"
                                + " --component книга --version 1 --artifact книга >/dev/null; $v memory list --memory 記憶");
        assertTrue(good(result).endsWith("  книга 1\n"), result.toString());
    }

    @Test
    void saysSoWhereThereIsNoJava() {
        Result result =
                bash().env("JAVA_HOME", "/nowhere").run(directory, "-c", TARGET.resolve("vaultmesh") + " --version");
        assertEquals(3, result.exit(), result.toString());
        assertEquals(
                "vaultmesh: there is no /nowhere/bin/java, expected Java 17 or later on the PATH or in JAVA_HOME\n",
                result.err());
    }

    @Test
    void scriptsAreThoseOfAPosixShell() {
        Path scripts = TARGET.resolveSibling("src/main/launcher");
        OutsideProgram.require("shellcheck")
                .run(scripts, "--shell=sh", "vaultmesh", "make")
                .orFail();
        OutsideProgram.require("shellcheck")
                .run(TARGET.resolveSibling("src/test/scripts"), "startup")
                .orFail();
    }

    /** Each line is typed into one shell, and what it prints compared before the next one. */
    @Test
    void newcomersFirstTenMinutesAreAsTheGuideShowsThem() throws IOException {
        String guide = Files.readString(VerbTreeTest.DOCS.resolve("COMMAND.md"));
        Matcher block = Pattern.compile("<!-- command-transcript -->\n```console\n(.*?)```\n", Pattern.DOTALL)
                .matcher(guide);
        assertTrue(block.find(), "no transcript in the guide");
        List<String> commands = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : block.group(1).split("(?<=\n)")) {
            if (line.startsWith("$ ")) {
                commands.add(line.substring(2).strip());
                expected.add("");
            } else {
                expected.set(expected.size() - 1, expected.get(expected.size() - 1) + line);
            }
        }
        assertTrue(commands.size() > 12, "saw only " + commands);
        String end = "\u0001\n";
        String script = "PATH=" + TARGET + ":$PATH\nexec 2>&1\n" + String.join("\nprintf '\\001\\n'\n", commands)
                + "\nprintf '\\001\\n'\n";
        String[] printed = bash().run(directory, "-c", script).orFail().split(end, -1);
        for (int i = 0; i < commands.size(); i++) {
            assertEquals(expected.get(i), withPlaceholders(printed[i]), "$ " + commands.get(i));
        }
        assertEquals(commands.size() + 1, printed.length);
    }

    private static String withPlaceholders(String text) {
        return text.replaceAll("\\b[0-9a-f]{64}\\b", "<hash>")
                .replaceAll("\\b[0-9a-f]{40}\\b", "<commit>")
                .replaceAll("did:key:z[1-9A-HJ-NP-Za-km-z]+", "<did:key>")
                .replaceAll("\\+[0-9a-f]{8}\\+[0-9A-Za-z+/=]+", "+<key>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "<time>");
    }
}
