package io.vaultmesh.spawn.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredZipTest {

    private static final FileTree TREE = FileTree.builder()
            .add(new GeneratedFile(RelativePath.of("run"), FileContent.utf8("#!/bin/sh\n"), true, "own"))
            .add(new GeneratedFile(RelativePath.of("a/empty"), FileContent.utf8(""), false, "own"))
            .add(new GeneratedFile(RelativePath.of("a/bytes"), FileContent.of(allBytes()), false, "own"))
            .build();

    @TempDir
    Path temp;

    private static byte[] allBytes() {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        return bytes;
    }

    @Test
    void isReadByTheJdkInTheOrderOfPaths() throws IOException {
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(TREE.toZip().bytes()))) {
            for (GeneratedFile file : TREE) {
                ZipEntry entry = zip.getNextEntry();
                assertEquals(file.path().value(), entry.getName());
                assertArrayEquals(file.content().bytes(), zip.readAllBytes());
            }
            assertEquals(null, zip.getNextEntry());
        }
    }

    @Test
    void isReadByPythonWithModesAndDates() throws IOException {
        Path file = Files.write(temp.resolve("base.zip"), TREE.toZip().bytes());

        String said = OutsideProgram.require("python3")
                .run(
                        temp,
                        "-c",
                        "import zipfile; z = zipfile.ZipFile('" + file + "'); print(z.testzip(), "
                                + "[(i.filename, oct(i.external_attr >> 16), i.date_time, i.file_size, i.create_system)"
                                + " for i in z.infolist()])")
                .orFail();

        assertEquals(
                "None [('a/bytes', '0o100644', (1980, 1, 1, 0, 0, 0), 100000, 3), "
                        + "('a/empty', '0o100644', (1980, 1, 1, 0, 0, 0), 0, 3), "
                        + "('run', '0o100755', (1980, 1, 1, 0, 0, 0), 10, 3)]",
                said.strip());
    }

    @Test
    void hasTheBytesThatPythonGivesAnArchiveOfTheSameProperties() {
        FileTree tree = FileTree.builder()
                .add(new GeneratedFile(RelativePath.of("a"), FileContent.utf8("a"), false, "own"))
                .build();
        byte[] zip = tree.toZip().bytes();

        assertEquals(
                Hash.parse("b08ddce0cca764cca41899d710c71d1d193581bba5a7ab4ffb47f34339a30479"),
                tree.toZip().hash(),
                Arrays.toString(zip));
        assertEquals(30 + 1 + 1 + 46 + 1 + 22, zip.length);
    }

    @Test
    void ofNoFilesIsAnArchiveToo() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(
                new ByteArrayInputStream(FileTree.builder().build().toZip().bytes()))) {
            assertEquals(null, zip.getNextEntry());
        }
    }
}
