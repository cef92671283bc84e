package io.vaultmesh.build;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Prints with every failed test the run's seed and the command that repeats it. */
public final class FailureListener implements TestExecutionListener {

    private final PrintStream out;
    private final String module;
    private final long seed;

    /** For the service loader. */
    public FailureListener() {
        this(System.out, Path.of(System.getProperty("module.dir", "")), TestSeed.value());
    }

    FailureListener(PrintStream out, Path moduleDirectory, long seed) {
        this.out = out;
        this.module = fromTheRoot(moduleDirectory.toAbsolutePath().normalize());
        this.seed = seed;
    }

    /** The module as {@code mvn -pl} takes it: its path from the directory that has a {@code .mvn}. */
    private static String fromTheRoot(Path moduleDirectory) {
        for (Path root = moduleDirectory; root != null; root = root.getParent()) {
            if (Files.isDirectory(root.resolve(".mvn"))) {
                return root.equals(moduleDirectory)
                        ? "."
                        : root.relativize(moduleDirectory).toString();
            }
        }
        return moduleDirectory.toString();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            out.println("FAILED " + test.getDisplayName() + " with seed " + seed + "; to repeat it:");
            out.println(
                    "  " + command(test.getSource().map(FailureListener::filter).orElse("*")));
        }
    }

    private static String filter(TestSource source) {
        if (source instanceof MethodSource method) {
            return method.getClassName() + "#" + method.getMethodName();
        }
        return source instanceof ClassSource type ? type.getClassName() : "*";
    }

    String command(String filter) {
        // unit tests: up to package, since the coverage gate after it would measure a single test
        String command = filter.matches("[^#]*IT([#$].*)?")
                ? "verify -Djacoco.skip=true -Dtest=none '-Dit.test=" + filter + "'"
                : "package '-Dtest=" + filter + "'";
        return "mvn -B -ntp " + command + " -pl " + module + " -am -DfailIfNoTests=false"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
                + " -D" + TestSeed.PROPERTY + "=" + seed;
    }
}
