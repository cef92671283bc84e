package io.vaultmesh.spawn.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hashing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTreeTest {

    private static GeneratedFile file(String path, String text, String generator) {
        return new GeneratedFile(RelativePath.of(path), FileContent.utf8(text), false, generator);
    }

    @Test
    void isSortedByPathInWhateverOrderItWasFilled() {
        FileTree tree = FileTree.builder()
                .add(file("b", "2", "g"))
                .add(file("a/z", "1", "g"))
                .add(file("README.md", "0", "g"))
                .build();

        assertEquals(
                List.of("README.md", "a/z", "b"),
                tree.files().stream().map(file -> file.path().value()).toList());
        assertEquals(3, tree.size());
        assertEquals("FileTree[README.md, a/z, b]", tree.toString());
    }

    @Test
    void isEqualToATreeOfTheSameFiles() {
        FileTree one = FileTree.builder()
                .add(file("a", "1", "g"))
                .add(file("b", "2", "g"))
                .build();
        FileTree same = FileTree.builder()
                .add(file("b", "2", "g"))
                .add(file("a", "1", "g"))
                .build();

        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertNotEquals(one, FileTree.builder().add(file("a", "1", "g")).build());
    }

    @Test
    void findsAFileByItsPath() {
        GeneratedFile file = file("a/b", "1", "g");
        FileTree tree = FileTree.builder().add(file).build();

        assertEquals(Optional.of(file), tree.find(RelativePath.of("a/b")));
        assertEquals(Optional.empty(), tree.find(RelativePath.of("a/c")));
    }

    @Test
    void doesNotChangeWhenItsBuilderDoes() {
        FileTree.Builder builder = FileTree.builder().add(file("a", "1", "g"));
        FileTree tree = builder.build();
        builder.add(file("b", "2", "g"));

        assertEquals(1, tree.size());
    }

    @ParameterizedTest
    @CsvSource({
        "a,         a,         is also",
        "README.md, readme.md, differs only in upper and lower case from",
        "Docs/a,    docs/b,    differs only in upper and lower case from",
        "a,         a/b,       can't stand beside",
        "a/b,       a,         can't stand beside",
        "a/b/c,     a/b,       can't stand beside",
        "A,         a/b,       differs only in upper and lower case from",
    })
    void refusesTwoFilesThatCannotStandSideBySideAndNamesBothGenerators(String first, String second, String how) {
        FileTree.Builder builder = FileTree.builder().add(file(first, "1", "one"));

        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> builder.add(file(second, "2", "two")));

        assertEquals(second + " of generator two " + how + " " + first + " of generator one", e.getMessage());
        assertEquals(1, builder.build().size());
    }

    @Nested
    class Content {

        @Test
        void isCopiedInAndOut() {
            byte[] bytes = {1, 2, 3};
            FileContent content = FileContent.of(bytes);
            bytes[0] = 9;
            content.bytes()[1] = 9;

            assertArrayEquals(new byte[] {1, 2, 3}, content.bytes());
            assertEquals(3, content.size());
            assertEquals(Hashing.sha256(new byte[] {1, 2, 3}), content.hash());
        }

        @Test
        void ofATextIsItsUtf8() {
            FileContent content = FileContent.utf8("é\r\n\uD83D\uDE80");

            assertArrayEquals(
                    new byte[] {(byte) 0xC3, (byte) 0xA9, '\r', '\n', (byte) 0xF0, (byte) 0x9F, (byte) 0x9A, (byte) 0x80
                    },
                    content.bytes());
            assertEquals("é\r\n\uD83D\uDE80", content.text());
            assertEquals(content, FileContent.of(content.bytes()));
            assertEquals(content.hashCode(), FileContent.of(content.bytes()).hashCode());
            assertTrue(content.toString().startsWith("8 bytes, sha256 "), content.toString());
        }

        @Test
        void ofHalfASurrogatePairIsRefusedInsteadOfReplaced() {
            assertThrows(IllegalArgumentException.class, () -> FileContent.utf8("a\uD83D"));
        }
    }
}
