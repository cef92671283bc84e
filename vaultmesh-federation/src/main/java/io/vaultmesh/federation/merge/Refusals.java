package io.vaultmesh.federation.merge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The ids of records that were refused, and why. Not thread-safe. */
final class Refusals {

    /** To be changed whenever something is admitted that wasn't before, since a refusal outlasts the process. */
    private static final String JUDGE = "vaultmesh-refused/v1\n";

    private static final int MOST_REASON = 200; // a policy's message may name a thousand authors
    private static final String BEFORE = "it was refused before a restart";

    private final Hash judge;
    private final Map<Hash, String> reasons = new LinkedHashMap<>();
    private boolean isNew;

    Refusals(Hash policy) {
        this.judge = Hashing.sha256((JUDGE + policy).getBytes(US_ASCII));
    }

    void add(Hash id, String reason) {
        isNew |= !reasons.containsKey(id);
        put(id, reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON) + "…");
    }

    private void put(Hash id, String reason) {
        reasons.put(id, reason);
        if (reasons.size() > RecordSet.MOST_REFUSED) {
            reasons.remove(reasons.keySet().iterator().next());
        }
    }

    Optional<String> reason(Hash id) {
        return Optional.ofNullable(reasons.get(id));
    }

    boolean isNew() {
        return isNew;
    }

    void saved() {
        isNew = false;
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate((1 + reasons.size()) * Hash.LENGTH);
        bytes.put(judge.bytes());
        reasons.keySet().forEach(id -> bytes.put(id.bytes()));
        return bytes.array();
    }

    void recall(byte[] bytes) {
        if (bytes.length >= Hash.LENGTH
                && bytes.length % Hash.LENGTH == 0
                && Hash.read(bytes, 0).equals(judge)) {
            for (int at = Hash.LENGTH; at < bytes.length; at += Hash.LENGTH) {
                put(Hash.read(bytes, at), BEFORE);
            }
        }
    }
}
