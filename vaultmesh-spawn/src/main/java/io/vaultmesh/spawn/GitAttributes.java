package io.vaultmesh.spawn;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.spawn.toolchain.Toolchain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The attributes that git applies to every repository of a user or a machine (gitattributes(5)): those of {@code
 * $XDG_CONFIG_HOME/git/attributes}, or else {@code ~/.config/git/attributes}, and of {@code /etc/gitattributes}. Some of
 * them change bytes when files are checked out.
 */
final class GitAttributes {

    private static final String NAME = "git attributes";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A filter, an encoding, {@code $Id$}, or a name for any of them. Nothing in the service's own attributes undoes those. */
    private static final Pattern NEVER_OVERRULED =
            Pattern.compile("\\[attr].*|.*\\s(?:filter|working-tree-encoding|ident)\\b.*");

    /** Line ends, which the service's own attributes fix. */
    private static final Pattern LINE_ENDS = Pattern.compile(".*\\s[-!]?(?:text|eol|crlf|binary)\\b.*");

    private final Toolchain toolchain;
    private final Path directory;
    private final boolean fixesLineEnds;

    /**
     * Takes the programs and their environment, where to ask git, and whether the service's own attributes say how every
     * line ends.
     */
    GitAttributes(Toolchain toolchain, Path directory, boolean fixesLineEnds) {
        this.toolchain = toolchain;
        this.directory = directory;
        this.fixesLineEnds = fixesLineEnds;
    }

    Check check() {
        List<Path> files = Stream.concat(ofUser().stream(), ofSystem().stream())
                .filter(Files::exists)
                .toList();
        List<String> bad = new ArrayList<>();
        for (Path file : files) {
            try {
                lines(file).filter(this::changesBytes).forEach(line -> bad.add(file + " says \"" + line + "\""));
            } catch (IOException | UncheckedIOException e) {
                return Check.notChecked(NAME, "can't read " + file + ": " + e);
            }
        }
        if (!bad.isEmpty()) {
            return Check.fail(
                    NAME,
                    String.join(", ", bad)
                            + ", which the service's .gitattributes doesn't overrule; a later checkout may change bytes");
        }
        return Check.pass(
                NAME,
                files.isEmpty()
                        ? "there are none beside the service's own"
                        : "nothing in " + files + " changes bytes of the service's files");
    }

    private static Stream<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is no regular file");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }

    private boolean changesBytes(String line) {
        return NEVER_OVERRULED.matcher(line).matches()
                || (!fixesLineEnds && LINE_ENDS.matcher(line).matches());
    }

    /** An empty variable counts as none, to git too. */
    private Optional<Path> ofUser() {
        return variable("XDG_CONFIG_HOME")
                .or(() -> variable("HOME").map(home -> home + "/.config"))
                .map(config -> Path.of(config, "git", "attributes"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(toolchain.variable(name)).filter(value -> !value.isEmpty());
    }

    /** Where git was told to look when it was built: since version 2.42 it says so. */
    private Optional<Path> ofSystem() {
        if (variable("GIT_ATTR_NOSYSTEM")
                .filter(no -> no.matches("(?i)1|true|yes|on"))
                .isPresent()) {
            return Optional.empty();
        }
        Optional<String> said = toolchain
                .find("git")
                .map(git -> toolchain.run(git, directory, new byte[0], LIMIT, "var", "GIT_ATTR_SYSTEM"))
                .filter(Toolchain.Run::succeeded)
                .map(run -> run.output().strip())
                .filter(path -> path.startsWith("/") && path.lines().count() == 1);
        return Optional.of(Path.of(said.orElse("/etc/gitattributes")));
    }
}
