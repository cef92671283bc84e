package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What the benchmarks work on: the same in every run. */
final class Samples {

    /** About what a record of a deployment takes. */
    static final int LENGTH = 600;

    /** Signs the checkpoints of every log: with the same key, so that one process opens what another has built. */
    static final NoteSigner SIGNER =
            NoteSigner.ed25519("benchmark", Ed25519PrivateKey.ofSeed(new byte[Ed25519PrivateKey.SEED_LENGTH]));

    private static final long SEED = 20261101;

    private Samples() {}

    /** A record of 600 bytes of JSON as a person would write it: indented, and with members in no order. */
    static byte[] record() {
        String text = """
                {
                  "title": "ledger 1.4.0 goes to production",
                  "component": "ledger",
                  "version": "1.4.0",
                  "at": "2026-11-01T12:00:00.000Z",
                  "author": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
                  "seq": 1047,
                  "links": [{"to": "5d41402abc4b2a76b9719d911017c592ae5d41402abc4b2a76b9719d911017c5", "rel": "supersedes"}],
                  "attributes": {"region": "eu-west-1", "replicas": 12, "canary": true, "load": 0.75, "note": "Zürich says \\"go\\"\\n"},
                  "key": null,
                  "body": "%s"
                }
                """;
        int rest = LENGTH - text.formatted("").getBytes(StandardCharsets.UTF_8).length;
        return text.formatted("x".repeat(rest)).getBytes(StandardCharsets.UTF_8);
    }

    /** Entries of 600 bytes, all different. */
    static byte[][] entries(int count) {
        Random random = new Random(SEED);
        byte[][] entries = new byte[count][LENGTH];
        for (byte[] entry : entries) {
            random.nextBytes(entry);
        }
        return entries;
    }
}
