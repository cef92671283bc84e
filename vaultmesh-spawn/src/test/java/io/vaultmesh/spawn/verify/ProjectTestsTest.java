package io.vaultmesh.spawn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.spawn.VictimRepository;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of a project say about it when a package that it needs isn't installed. */
class ProjectTestsTest {

    private static final String NEEDS_A_PACKAGE = "[project]\nname = \"x\"\ndependencies = [\"no-such-package>=1\"]\n";
    private static final String IMPORTS_IT =
            "import no_such_package\n\ndef test_it() -> None:\n    assert no_such_package\n";
    private static final String PASSES = "def test_sum() -> None:\n    assert 1 + 1 == 2\n";
    private static final String FAILS = "def test_sum() -> None:\n    assert 1 + 1 == 3\n";

    @BeforeEach
    void requirePytest() {
        String said = OutsideProgram.require("python3", "python3-pytest")
                .run(Path.of(""), "--version")
                .orFail();
        assertTrue(said.startsWith("Python 3"), said);
    }

    /** Takes paths and texts in turn. */
    private static Check verify(String... files) {
        return verify(Map.of("PATH", "/usr/bin:/bin"), files);
    }

    private static Check verify(Map<String, String> environment, String... files) {
        FileTree.Builder tree = FileTree.builder();
        for (int i = 0; i < files.length; i += 2) {
            tree.add(new GeneratedFile(RelativePath.of(files[i]), FileContent.utf8(files[i + 1]), false, "own"));
        }
        return ProjectTests.of(ServiceSpec.named("ledger").build(), tree.build(), Toolchain.of(environment))
                .check("tests")
                .orElseThrow();
    }

    @Test
    void aTestThatCallsGitDoesNotReachTheRepositoryWhoseHookThisRunsIn(@TempDir Path temp) throws IOException {
        VictimRepository victim = VictimRepository.in(temp);
        Map<String, String> environment = new HashMap<>(victim.variables());
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("GIT_CONFIG_GLOBAL", "theirs");

        Check check = verify(environment, "pyproject.toml", "[project]\nname = \"x\"\n", "tests/test_git.py", """
                import os
                import subprocess

                def test_git(tmp_path) -> None:
                    (tmp_path / "ours.txt").write_text("ours")
                    subprocess.run(["git", "init"], cwd=tmp_path, check=True)
                    subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
                    assert [name for name in os.environ if name.startswith("GIT_")] == []
                """);

        victim.assertUntouched();
        assertEquals(Outcome.PASS, check.outcome(), check.detail());
    }

    @Test
    void aTestThatFailsIsNotHiddenByAMissingPackageOfAnotherOne() {
        Check check =
                verify("pyproject.toml", NEEDS_A_PACKAGE, "tests/test_a.py", IMPORTS_IT, "tests/test_b.py", FAILS);

        assertEquals(Outcome.FAIL, check.outcome(), check.detail());
        assertTrue(check.detail().contains("1 failed, 1 error"), check.detail());
    }

    @Test
    void aTestThatFailsIsNotHiddenByAPackageThatNoneOfThemNeeds() {
        Check check = verify("pyproject.toml", NEEDS_A_PACKAGE, "tests/test_b.py", FAILS);

        assertEquals(Outcome.FAIL, check.outcome(), check.detail());
    }

    @Test
    void aMissingPackageIsNoFailureIfAllThatCouldRunPassed() {
        Check check =
                verify("pyproject.toml", NEEDS_A_PACKAGE, "tests/test_a.py", IMPORTS_IT, "tests/test_b.py", PASSES);

        assertEquals(Outcome.NOT_CHECKED, check.outcome(), check.detail());
        assertTrue(check.detail().contains("lacks no-such-package; `make install`"), check.detail());
    }

    @Test
    void anImportOfWhatTheProjectDoesNotDeclareIsAFailure() {
        Check check = verify(
                "pyproject.toml",
                "[project]\nname = \"x\"\n",
                "tests/test_a.py",
                IMPORTS_IT,
                "tests/test_b.py",
                PASSES);

        assertEquals(Outcome.FAIL, check.outcome(), check.detail());
        assertTrue(check.detail().contains("No module named 'no_such_package'"), check.detail());
    }
}
