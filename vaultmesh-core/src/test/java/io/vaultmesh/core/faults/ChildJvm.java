package io.vaultmesh.core.faults;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.log.MerkleLog;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts Java processes quickly: from a jar whose loaded classes are kept in an archive, by the compiler that starts
 * soonest. The archive is made by a rehearsal.
 */
final class ChildJvm {

    private final Path directory;

    /** Prepares a jar and an archive in a directory. */
    ChildJvm(Path directory) {
        this.directory = directory;
        try {
            jar();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("can't make " + directory.resolve("child.jar") + ": " + e, e);
        }
        Path log = directory.resolve("rehearsal");
        List<String> command = command(ScriptedChild.class, log.toString(), "0");
        command.add(1, "-XX:ArchiveClassesAtExit=" + archive());
        command.remove("-XX:SharedArchiveFile=" + archive());
        OutsideProgram.java()
                .run(directory, command.subList(1, command.size()).toArray(String[]::new))
                .orFail();
        if (!Files.exists(archive())) {
            throw new IllegalStateException("the rehearsal left no archive " + archive());
        }
    }

    private Path archive() {
        return directory.resolve("child.jsa");
    }

    private void jar() throws IOException, URISyntaxException {
        try (OutputStream file = Files.newOutputStream(directory.resolve("child.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            add(jar, classes(MerkleLog.class), "");
            add(jar, classes(ChildJvm.class), "io/vaultmesh/core/faults");
        }
    }

    private static Path classes(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void add(JarOutputStream jar, Path root, String below) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(below))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                    jar.putNextEntry(new JarEntry(name));
                    Files.copy(file, jar);
                }
            }
        }
    }

    /** The libraries that the log uses, by the class path of this test. */
    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.matches(".*/(jackson|bcprov)[^/]*[.]jar"))
                .map(path -> File.pathSeparator + path)
                .collect(Collectors.joining());
    }

    /** The command that runs a class. */
    List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + archive(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx96m",
                "-cp",
                directory.resolve("child.jar") + libraries(),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a command; what it prints as errors goes to a file. */
    static Process start(List<String> command, Path errors) {
        try {
            return new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + command + ": " + e, e);
        }
    }
}
