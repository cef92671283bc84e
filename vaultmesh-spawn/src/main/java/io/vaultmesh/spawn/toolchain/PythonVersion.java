package io.vaultmesh.spawn.toolchain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Python on the {@code PATH}, and whether a generated project runs on it.
 *
 * @param usable the program; empty if there is none, or it is too old
 * @param description what was found, and what was needed
 */
public record PythonVersion(Optional<Path> usable, String description) {

    private static final int NEEDED_MINOR = 11;
    private static final Pattern VERSION = Pattern.compile("Python 3\\.([0-9]{1,4})\\..*", Pattern.DOTALL);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Looks for it, and asks it for its version.
     *
     * @param toolchain where to look
     * @return what was found
     */
    public static PythonVersion find(Toolchain toolchain) {
        Optional<Path> program = toolchain.find("python3").or(() -> toolchain.find("python"));
        if (program.isEmpty()) {
            return new PythonVersion(Optional.empty(), "there is no python3 on the PATH; install Python " + needed());
        }
        Toolchain.Run run =
                toolchain.run(program.get(), Path.of("").toAbsolutePath(), new byte[0], LIMIT, "-I", "--version");
        String said = run.output().strip();
        Matcher version = VERSION.matcher(run.output());
        if (!run.succeeded() || !version.matches()) {
            return new PythonVersion(
                    Optional.empty(), program.get() + " says \"" + said + "\"; install Python " + needed());
        }
        if (Integer.parseInt(version.group(1)) < NEEDED_MINOR) {
            return new PythonVersion(
                    Optional.empty(), program.get() + " is " + said + ", too old; install Python " + needed());
        }
        return new PythonVersion(program, program.get() + " is " + said);
    }

    private static String needed() {
        return "3." + NEEDED_MINOR + " or later";
    }
}
