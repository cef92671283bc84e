package io.vaultmesh.spawn.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md", "src/ledger/app.py", ".gitignore", ".github/workflows/ci.yml", "a b/c", "..x/y..z",
                "gitx", ".git2", "console.py", "com/x", "[id]/{x}/@y/~z/$v", "-f"
            })
    void acceptsAFileBelowItsDirectory(String path) {
        assertEquals(path, RelativePath.of(path).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../../x", "a/..", ".", "./a", "a/./b", "/etc/passwd", "a//b", "a/", "/"})
    void refusesWhatCouldLeadOutside(String path) {
        assertRefused(path, "stays below its directory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\\b", "..\\x", "C:x", "a:b", "a\u0000b", "a\nb", "a\u007fb", "café", "a|b", "a?", "a*", "a\"b"
            })
    void refusesCharactersThatSomeSystemCannotStore(String path) {
        assertRefused(path, "expected printable ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {".git/config", ".GIT/hooks/pre-commit", "a/.Git/x", ".git", "git~1/config", "GIT~2"})
    void refusesWhereGitKeepsItsOwnFiles(String path) {
        assertRefused(path, "where git keeps its own files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"con", "a/NUL", "nul.txt", "Com1.py", "lpt9 .x", "aux/b", "prn.tar.gz"})
    void refusesDevicesOfWindows(String path) {
        assertRefused(path, "which is a device on Windows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "a /b", "a/b. ", "..."})
    void refusesADotOrSpaceAtTheEndOfASegment(String path) {
        assertRefused(path, "ends with a dot or a space");
    }

    @Test
    void refusesWhatIsEmptyOrTooLong() {
        assertRefused("", "has 0 characters");
        assertRefused("a".repeat(256), "has a segment of 256 characters");
        assertRefused("a/".repeat(512) + "b", "has 1025 characters");
        assertEquals(255, RelativePath.of("a".repeat(255)).value().length());
    }

    @Test
    void leadsToAFileBelowADirectory() {
        assertEquals(Path.of("x", "a", "b"), RelativePath.of("a/b").in(Path.of("x")));
        assertEquals(List.of("a", "b"), RelativePath.of("a/b").segments());
    }

    @Test
    void isOrderedByTheCodesOfItsCharacters() {
        assertTrue(RelativePath.of("Z").compareTo(RelativePath.of("a")) < 0);
        assertTrue(RelativePath.of("a-b").compareTo(RelativePath.of("a/b")) < 0);
    }

    private static void assertRefused(String path, String why) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> RelativePath.of(path));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }
}
