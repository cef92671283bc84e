package io.vaultmesh.core.faults;

import io.vaultmesh.core.hash.Hash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a log holds what it holds after a crash: each entry was acknowledged at its index, or belongs to a call that was under
 * way, which then is there whole, once and without a gap. For anything else there is no explanation.
 */
final class Explanation {

    private final List<Hash> found;
    private final BitSet open = new BitSet();
    private final boolean acknowledgedAreThere;

    private Explanation(int first, List<Hash> found, Map<Long, Hash> acknowledged) {
        this.found = found;
        open.set(0, found.size());
        boolean there = true;
        for (Map.Entry<Long, Hash> entry : acknowledged.entrySet()) {
            int at = Math.toIntExact(entry.getKey() - first);
            there &= at >= 0 && at < found.size() && found.get(at).equals(entry.getValue());
            open.clear(Math.max(0, at));
        }
        this.acknowledgedAreThere = there;
    }

    /** Whether there is one for the entries found from an index on. */
    static boolean exists(int first, List<Hash> found, Map<Long, Hash> acknowledged, List<List<Hash>> possible) {
        Explanation explanation = new Explanation(first, found, acknowledged);
        return explanation.acknowledgedAreThere && explanation.covers(0, new ArrayList<>(possible));
    }

    private boolean covers(int from, List<List<Hash>> possible) {
        int at = open.nextSetBit(from);
        if (at < 0) {
            return true;
        }
        for (int i = 0; i < possible.size(); i++) {
            List<Hash> call = possible.get(i);
            if (fits(at, call)) {
                possible.remove(i);
                if (covers(at + call.size(), possible)) {
                    return true;
                }
                possible.add(i, call);
            }
        }
        return false;
    }

    private boolean fits(int at, List<Hash> call) {
        int end = at + call.size();
        return end <= found.size()
                && open.nextClearBit(at) >= end
                && found.subList(at, end).equals(call);
    }

    /** What was found, for a person. */
    static String of(int first, List<Hash> found, Map<Long, Hash> acknowledged, List<List<Hash>> possible) {
        StringBuilder text =
                new StringBuilder("the log holds what nobody can explain, or lacks what it acknowledged\n");
        Map<Hash, String> calls = new HashMap<>();
        for (int call = 0; call < possible.size(); call++) {
            for (int i = 0; i < possible.get(call).size(); i++) {
                calls.put(
                        possible.get(call).get(i),
                        "entry " + i + " of " + possible.get(call).size() + " of call " + call);
            }
        }
        for (int i = 0; i < found.size(); i++) {
            Hash expected = acknowledged.get((long) first + i);
            if (!found.get(i).equals(expected)) {
                text.append("index ").append(first + i).append(": ").append(found.get(i));
                text.append(expected != null ? ", acknowledged was " + expected : ", nothing was acknowledged");
                text.append(", ").append(calls.getOrDefault(found.get(i), "in no call that was under way"));
                text.append('\n');
            }
        }
        acknowledged.keySet().stream()
                .filter(index -> index < first || index >= first + found.size())
                .sorted()
                .forEach(index -> text.append("index ").append(index).append(": acknowledged, but absent\n"));
        return text.toString();
    }
}
