package io.vaultmesh.scheduler.anchor;

import static io.vaultmesh.scheduler.anchor.GitFixture.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.SignedNote;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitPathTest {

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);

    @TempDir
    Path directory;

    private static String path(String origin, long size) {
        Checkpoint checkpoint = new Checkpoint(origin, size, Hashing.sha256(new byte[] {1}));
        SignedNote note = SignedNote.sign(checkpoint.toText(), NoteSigner.ed25519(origin, KEY));
        String path = GitPath.of(note);
        String end = "-" + Hashing.sha256(note.bytes()).toString().substring(0, 16);
        assertTrue(path.endsWith(end), path);
        return path.substring(0, path.length() - end.length());
    }

    @Test
    void sizesAreWrittenInGroupsAsTilesAre() {
        assertEquals("example.com/m/000", path("example.com/m", 0));
        assertEquals("example.com/m/067", path("example.com/m", 67));
        assertEquals("example.com/m/x001/000", path("example.com/m", 1000));
        assertEquals("example.com/m/x001/x234/067", path("example.com/m", 1_234_067));
        assertEquals("m/x009/x223/x372/x036/x854/x775/807", path("m", Long.MAX_VALUE));
    }

    @Test
    void gitTakesEveryOrigin() {
        List<String> origins = List.of(
                "example.com/memory/dao~mesh",
                ".git/x",
                "a/.GIT",
                "git~1",
                "GITMOD~1",
                "../..",
                "//",
                "%",
                "a%2Fb",
                "-x",
                "a\\b",
                "naïve/日本",
                "\u200c.git",
                ".gitmodules/x",
                "trailing./con");
        assertEquals("dao~mesh/000", path("dao~mesh", 0));
        assertEquals("%2Egit/x/000", path(".git/x", 0));
        assertEquals("git%7E1/000", path("git~1", 0));
        assertEquals("%2E%2E/%2E%2E/000", path("../..", 0));
        assertEquals("%/%/%/000", path("//", 0));
        assertEquals("na%C3%AFve/000", path("naïve", 0));
        GitFixture git = new GitFixture(directory, "--bare");
        GitAnchor target = git.target();
        for (String origin : origins) {
            try (MerkleLog log = MerkleLog.inMemory(NoteSigner.ed25519(origin, KEY))) {
                var unused = submit(target, log.checkpoint());
            }
        }
        assertEquals("", git.git("fsck", "--strict", "--no-progress"));
        assertEquals(
                origins.size(),
                git.git("ls-tree", "-r", "--name-only", "anchors")
                        .lines()
                        .distinct()
                        .count());
    }
}
