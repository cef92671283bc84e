package io.vaultmesh.build;

import java.io.PrintStream;
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
        this.module = String.valueOf(moduleDirectory.toAbsolutePath().getFileName());
        this.seed = seed;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            out.println("FAILED " + test.getDisplayName() + " with seed " + seed + "; to repeat it:");
            out.println("  " + command(test.getSource().orElse(null)));
        }
    }

    private String command(TestSource source) {
        String test = "";
        if (source instanceof MethodSource method) {
            test = " '-Dtest=" + method.getClassName() + "#" + method.getMethodName() + "'";
        } else if (source instanceof ClassSource type) {
            test = " '-Dtest=" + type.getClassName() + "'";
        }
        // up to package: the coverage gate after it would measure a single test
        return "mvn -B -ntp package -pl :" + module + " -am" + test
                + " -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false -D" + TestSeed.PROPERTY + "=" + seed;
    }
}
