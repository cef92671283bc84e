package io.vaultmesh.spawn.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.spawn.tree.FileContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that git itself wrote, packed and borrowed from. */
class BlobsTest {

    @TempDir
    Path temp;

    private Path repository;
    private final List<FileContent> versions = new ArrayList<>();

    @BeforeEach
    void commitSomeVersionsOfAFile() throws IOException {
        repository = Files.createDirectory(temp.resolve("repository"));
        git(repository, "init", "-q", "-b", "main");
        // as long as one that is looked for, and not that one
        Files.writeString(repository.resolve("decoy"), "decoys\n");
        git(repository, "add", "decoy");
        Random random = new Random(42);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < 200; line++) {
            lines.add(Long.toHexString(random.nextLong()) + "\n");
        }
        for (int version = 0; version < 6; version++) {
            // each is most like the ones beside it
            versions.add(FileContent.utf8(String.join("", lines.subList(20 * version, 20 * version + 100))));
            Files.write(repository.resolve("file"), versions.get(version).bytes());
            git(repository, "add", "file");
            git(repository, "commit", "-qm", "version " + version);
        }
    }

    @CanIgnoreReturnValue
    private String git(Path directory, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-c", "user.name=U", "-c", "user.email=u@example.com"));
        all.addAll(List.of(arguments));
        return OutsideProgram.require("git")
                .withoutEnv("GIT_")
                .env(Map.of("HOME", temp.toString(), "GIT_CONFIG_NOSYSTEM", "1"))
                .run(directory, all.toArray(String[]::new))
                .orFail();
    }

    private Map<Hash, FileContent> find(Path directory) {
        Map<Hash, Long> wanted = new HashMap<>();
        versions.forEach(version -> wanted.put(version.hash(), (long) version.size()));
        wanted.put(FileContent.utf8("nowhere").hash(), 7L);
        return Blobs.find(directory, wanted);
    }

    private Map<Hash, FileContent> all() {
        Map<Hash, FileContent> all = new HashMap<>();
        versions.forEach(version -> all.put(version.hash(), version));
        return all;
    }

    @Test
    void looseObjectsAreFound() {
        assertEquals(all(), find(repository));
    }

    @Test
    void objectsOfAPackAreFoundDeltasToTheirPlaceAmongThem() throws IOException {
        git(repository, "repack", "-adfq", "--depth=50", "--window=2");
        git(repository, "prune-packed");
        Path index = pack(".idx");
        // git says of a delta how long its chain is
        String said = git(repository, "verify-pack", "-v", index.toString());
        assertTrue(said.contains("chain length = 2"), said);

        assertEquals(all(), find(repository));
    }

    @Test
    void deltasToAnIdAreFound() throws IOException {
        git(repository, "-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq");
        git(repository, "prune-packed");

        assertEquals(all(), find(repository));
    }

    @Test
    void objectsThatOtherRepositoriesHaveAreFound() throws IOException {
        git(temp, "clone", "-q", "--shared", repository.toString(), "borrower");
        git(repository, "worktree", "add", "-q", "--detach", "../worktree");

        assertEquals(all(), find(temp.resolve("borrower")));
        assertEquals(all(), find(temp.resolve("worktree")));
        assertEquals(all(), find(Files.createDirectory(repository.resolve("below"))));
    }

    @Test
    void nothingIsFoundWithoutARepository() throws IOException {
        assertTrue(find(Files.createDirectory(temp.resolve("plain"))).isEmpty());
    }

    @Test
    void aPackThatEndsTooEarlyIsNamed() throws IOException {
        git(repository, "repack", "-adq");
        git(repository, "prune-packed");
        Path pack = pack(".pack");
        byte[] bytes = Files.readAllBytes(pack);
        assertTrue(pack.toFile().setWritable(true));
        Files.write(pack, Arrays.copyOf(bytes, bytes.length / 4));

        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> find(repository));
        assertTrue(refused.getMessage().contains(pack.getFileName().toString()), refused.getMessage());
    }

    private Path pack(String ending) throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve(".git/objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
