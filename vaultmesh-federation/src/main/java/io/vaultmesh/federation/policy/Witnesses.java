package io.vaultmesh.federation.policy;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * How many of which witnesses must vouch for a record. Names are the original's.
 *
 * @param minRequired how many
 * @param allowlist of whom, did:keys in order
 */
record Witnesses(int minRequired, List<String> allowlist) {

    static final int MAX = 100;

    Witnesses {
        allowlist = DidKeys.sorted("witnesses", allowlist, MAX);
        if (minRequired < 1 || minRequired > allowlist.size()) {
            throw new IllegalArgumentException("min_required is " + minRequired + ", expected 1 to the "
                    + allowlist.size() + " witnesses allowed");
        }
    }

    /** As the original did, a record that names a witness who isn't allowed is refused, and so is a false claim. */
    Verdict verify(MemoryRecord record) {
        SortedMap<String, JsonValue> named = Witnessing.named(record);
        TreeSet<String> others = new TreeSet<>(named.keySet());
        allowlist.forEach(others::remove);
        if (!others.isEmpty()) {
            return Verdict.refuted("witness " + Shown.text(others.first()) + " is not allowed, expected " + allowlist);
        }
        byte[] message = Witnessing.message(record);
        for (Map.Entry<String, JsonValue> witness : named.entrySet()) {
            Verdict verdict = Witnessing.verify(message, witness.getKey(), witness.getValue());
            if (!verdict.holds()) {
                return verdict;
            }
        }
        return named.size() >= minRequired
                ? Verdict.proven()
                : Verdict.refuted(
                        "the record has " + named.size() + " witnesses, expected " + minRequired + " of " + allowlist);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("allowlist", JsonArray.ofStrings(allowlist))
                .put("min_required", minRequired)
                .build();
    }

    static Witnesses parse(JsonObject json) {
        json.only("allowlist", "min_required");
        long required = json.integer("min_required");
        return new Witnesses(
                (int) Math.max(0, Math.min(required, MAX + 1)),
                json.array("allowlist").strings());
    }
}
