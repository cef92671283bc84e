package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.build.OutsideProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A developer's repository that the environment names, as it does in a hook of git, and that nobody may write to. */
public final class VictimRepository {

    private final Path directory;
    private final Map<String, String> before;

    private VictimRepository(Path directory) {
        this.directory = directory;
        this.before = contents();
    }

    /** Makes one with a file that is in the index. */
    public static VictimRepository in(Path parent) throws IOException {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        Path directory = Files.createDirectory(parent.resolve("victim"));
        git.run(directory, "init", "--quiet").orFail();
        Files.writeString(directory.resolve("theirs.txt"), "theirs\n");
        git.run(directory, "add", "theirs.txt").orFail();
        return new VictimRepository(directory);
    }

    /** What git sets for a hook. */
    public Map<String, String> variables() {
        Path dir = directory.resolve(".git");
        return Map.of(
                "GIT_DIR",
                dir.toString(),
                "GIT_INDEX_FILE",
                dir.resolve("index").toString(),
                "GIT_PREFIX",
                "");
    }

    /** Fails if a file of it came, went or changed. */
    public void assertUntouched() {
        assertEquals(before, contents());
    }

    private Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                contents.put(
                        directory.relativize(file).toString(),
                        Files.isRegularFile(file) ? HexFormat.of().formatHex(Files.readAllBytes(file)) : "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + directory, e);
        }
        return contents;
    }
}
