package io.vaultmesh.core.faults;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.MerkleLog;
import java.util.List;

/** What a log answers to a child must be right before the child passes it on. */
final class Answers {

    private Answers() {}

    /** The fact that the call's entries are in the log, if the answer is one index after the other with the right hashes. */
    static Fact of(Call call, List<Appended> appended) {
        List<Hash> expected = call.leafHashes();
        if (appended.size() != expected.size()) {
            throw new AssertionError(appended.size() + " answers to " + expected.size() + " entries: " + call);
        }
        if (expected.isEmpty()) {
            return Fact.of(Fact.Kind.DONE, call, 0);
        }
        long first = appended.get(0).index();
        for (int i = 0; i < expected.size(); i++) {
            if (!appended.get(i).equals(new Appended(first + i, expected.get(i)))) {
                throw new AssertionError("answer " + i + " is " + appended.get(i) + ", expected index " + (first + i)
                        + " and leaf hash " + expected.get(i) + ": " + call);
            }
        }
        return Fact.of(Fact.Kind.APPENDED, call, first);
    }

    static void requireProof(MerkleLog log, long index) {
        log.proveInclusion(index)
                .verify(log.entry(index).bytes(), Keys.LOG.verifier())
                .orThrow();
    }
}
