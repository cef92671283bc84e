package io.vaultmesh.federation.wire;

import io.vaultmesh.core.hash.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Ids as a request for records carries them: 32 bytes each, one after the other. */
public final class IdList {

    /** How many ids one request may have. */
    public static final int MOST = 1024;

    private IdList() {}

    /**
     * Writes ids.
     *
     * @param ids at most {@value #MOST}
     * @return the bytes
     */
    public static byte[] encode(List<Hash> ids) {
        byte[] bytes = new byte[ids.size() * Hash.LENGTH];
        for (int i = 0; i < ids.size(); i++) {
            ids.get(i).write(bytes, i * Hash.LENGTH);
        }
        return bytes;
    }

    /**
     * Reads ids.
     *
     * @param bytes the bytes
     * @return the ids
     * @throws WireException if there are none, too many, a part of one, or one twice
     */
    public static List<Hash> decode(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % Hash.LENGTH != 0 || bytes.length > MOST * Hash.LENGTH) {
            throw new WireException(
                    "a list of ids has " + bytes.length + " bytes, expected 1 to " + MOST + " times " + Hash.LENGTH);
        }
        List<Hash> ids = new ArrayList<>(bytes.length / Hash.LENGTH);
        for (int at = 0; at < bytes.length; at += Hash.LENGTH) {
            ids.add(Hash.read(bytes, at));
        }
        if (Set.copyOf(ids).size() < ids.size()) {
            throw new WireException("an id is there twice");
        }
        return ids;
    }
}
