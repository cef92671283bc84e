package io.vaultmesh.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One row of {@code .ci/tools}: an outside program that tests may call.
 *
 * @param required whether a run with {@code CI=true} fails without it
 * @param name what a test asks for
 * @param origin where it comes from, for example {@code apt:git}; {@code -} if it is not ours to install
 * @param probe the shell command that succeeds if it is there; its first word is the program
 */
record Tool(boolean required, String name, String origin, String probe) {

    /** The rows of the file, which is looked for in the given directory and above it. */
    static List<Tool> list(Path directory) {
        for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve(".ci/tools");
            if (Files.isRegularFile(file)) {
                try (Stream<String> lines = Files.lines(file)) {
                    return parse(lines.toList());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException("no .ci/tools in " + directory.toAbsolutePath() + " or above");
    }

    static List<Tool> parse(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Tool::parse)
                .toList();
    }

    private static Tool parse(String line) {
        String[] words = line.trim().split("\\s+", 4);
        if (words.length != 4 || !List.of("required", "if-present").contains(words[0])) {
            throw new IllegalArgumentException(
                    "a row of .ci/tools is: required|if-present name origin probe; this is: " + line);
        }
        return new Tool(words[0].equals("required"), words[1], words[2], words[3]);
    }

    String program() {
        return probe.split("\\s+", 2)[0];
    }

    String howToInstall() {
        return origin.startsWith("apt:")
                ? "apt-get install " + origin.substring("apt:".length())
                : "nothing installs it; it is used where it is found";
    }
}
