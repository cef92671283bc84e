package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.federation.merge.EventList;
import io.vaultmesh.federation.merge.MergeReceipt;
import io.vaultmesh.federation.peer.PeerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeVerbTest {

    @TempDir
    Path directory;

    private Path left;
    private Path right;
    private Path key;

    @BeforeEach
    void twoListsAndAKey() throws IOException {
        left = Files.writeString(directory.resolve("left.json"), "[{\"event_id\":\"1\",\"n\":1},{\"n\":2}]");
        right = Files.writeString(directory.resolve("right.json"), "[{\"event_id\":\"3\"},{\"n\":2}]");
        Run.of("log", "init", directory.resolve("log"), "--origin", "anybody").good();
        key = directory.resolve("log.key");
    }

    private Run merge(Path one, Path other, Object... more) {
        Object[] args = {
            "federation",
            "merge",
            one,
            other,
            "--out",
            directory.resolve("merged.json"),
            "--receipt",
            directory.resolve("receipt.json"),
            "--key",
            key
        };
        Object[] all = new Object[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Run.of(all);
    }

    @Test
    void signsAReceiptThatHolds() throws IOException {
        JsonObject json = Expect.json(merge(left, right, "--json"));
        Expect.members(json, "merged", "receipt", "events", "leftHead", "rightHead", "mergedHead", "signer");
        assertEquals(3, json.integer("events"));
        MergeReceipt receipt = MergeReceipt.parse(Files.readAllBytes(directory.resolve("receipt.json")));
        EventList merged = EventList.parse(Files.readAllBytes(directory.resolve("merged.json")));
        assertTrue(receipt.verify(
                        EventList.parse(Files.readAllBytes(left)),
                        EventList.parse(Files.readAllBytes(right)),
                        merged,
                        new PeerId(json.string("signer")).key())
                .holds());
        String hashes = OutsideProgram.require("python3")
                .run(
                        directory,
                        "-c",
                        "import json, hashlib; l = json.load(open('merged.json')); print([h == sorted(h) for h in"
                                + " [[hashlib.sha256(json.dumps(e, sort_keys=True,"
                                + " separators=(',', ':')).encode()).hexdigest() for e in l]]][0], len(l))")
                .orFail();
        assertEquals("True 3", hashes.strip());
    }

    @Test
    void doesNotDependOnTheSides() throws IOException {
        merge(left, right).good();
        String once = Files.readString(directory.resolve("merged.json"));
        merge(right, left).good();
        assertEquals(once, Files.readString(directory.resolve("merged.json")));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path bad = Files.writeString(directory.resolve("bad.json"), "{}");
        Expect.contains(merge(left, bad).failed(ExitCode.USAGE).err(), "bad.json");
        Expect.contains(
                merge(left, directory.resolve("none")).failed(ExitCode.USAGE).err(),
                "none is not there, expected a file");
        Run.of("federation", "merge", left, right, "--out", left, "--receipt", bad, "--key", key)
                .failed(ExitCode.USAGE);
        key = bad;
        Expect.contains(merge(left, right).failed(ExitCode.USAGE).err(), "bad.json: ");
        assertFalse(Files.exists(directory.resolve("merged.json")));
    }
}
