package io.vaultmesh.spawn.verify;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.spawn.toolchain.Toolchain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has Terraform run the tests of a module. */
final class TerraformTests {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern PASSED = Pattern.compile("Success! ([1-9][0-9]* passed, 0 failed\\.)");

    private TerraformTests() {}

    /** Runs them in a copy of the project; what Terraform fetches and writes stays there. */
    static Check run(String name, Path terraform, Path project, Toolchain toolchain) {
        Toolchain.Run init = toolchain.run(
                terraform, project, new byte[0], LIMIT, "init", "-backend=false", "-input=false", "-no-color");
        if (!init.succeeded()) {
            return Check.notChecked(name, terraform + " init doesn't succeed: " + lastLines(init));
        }
        Toolchain.Run test = toolchain.run(terraform, project, new byte[0], LIMIT, "test", "-no-color");
        Matcher passed = PASSED.matcher(test.output());
        if (test.succeeded() && passed.find()) {
            return Check.pass(name, passed.group(1));
        }
        return Check.fail(
                name,
                test.ended()
                        ? "terraform test ends with status " + test.exit() + ": " + lastLines(test)
                        : "not done within " + LIMIT.toMinutes() + " minutes");
    }

    private static String lastLines(Toolchain.Run run) {
        return ProjectTests.lastLines(run.output());
    }
}
