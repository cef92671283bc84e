package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A log's index of leaf hashes, and whether it keeps bytes from being logged twice.
 *
 * @param index the index
 * @param deduplicates whether bytes that are logged already are given the index that they have
 */
record LeafIndexing(LeafIndex index, boolean deduplicates) {

    /** Makes ready for a group before it is made durable: nothing may fail for the index' sake after that. */
    void prepare(List<AppendRequest> group, long first) {
        index.makeRoom(group.stream().mapToInt(AppendRequest::count).sum());
        if (deduplicates) {
            Map<Hash, Long> inGroup = new HashMap<>();
            for (AppendRequest request : group) {
                request.dropLogged(hash -> find(hash, first, inGroup));
            }
        }
    }

    private long find(Hash leafHash, long first, Map<Hash, Long> inGroup) {
        OptionalLong logged = index.find(leafHash);
        if (logged.isPresent()) {
            return logged.getAsLong();
        }
        Long before = inGroup.putIfAbsent(leafHash, first + inGroup.size());
        return before == null ? -1 : before;
    }
}
