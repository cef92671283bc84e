package io.vaultmesh.federation.merge;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Bodies that are gone with the process. Thread-safe. */
final class InMemoryBodies implements BodyDepot {

    private final Map<Hash, byte[]> whole = new HashMap<>(); // guarded by this
    private final Map<Hash, byte[]> parts = new HashMap<>(); // guarded by this

    @Override
    public synchronized boolean has(BodyRef body) {
        return whole.containsKey(body.digest());
    }

    @Override
    public synchronized Optional<byte[]> read(Hash digest, long offset, int length) {
        byte[] body = whole.get(digest);
        return body == null || offset > body.length
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(body, (int) offset, (int) Math.min(body.length, offset + length)));
    }

    @Override
    public synchronized long received(BodyRef body) {
        return soFar(body).length;
    }

    private byte[] soFar(BodyRef body) {
        return parts.getOrDefault(body.digest(), new byte[0]);
    }

    @Override
    public synchronized Verdict receive(BodyRef body, long offset, byte[] part) {
        byte[] before = soFar(body);
        if (offset != before.length || offset + part.length > body.size()) {
            return Verdict.refuted("a part of body " + body.digest() + " has " + part.length + " bytes from " + offset
                    + ", expected at most " + (body.size() - before.length) + " from " + before.length);
        }
        byte[] now = Arrays.copyOf(before, before.length + part.length);
        System.arraycopy(part, 0, now, before.length, part.length);
        parts.put(body.digest(), now);
        if (now.length < body.size()) {
            return Verdict.proven();
        }
        parts.remove(body.digest());
        Hash found = Hashing.sha256(now);
        if (!found.equals(body.digest())) {
            return Verdict.refuted("what came as body " + body.digest() + " has hash " + found);
        }
        whole.put(found, now);
        return Verdict.proven();
    }

    @Override
    public synchronized void drop(BodyRef body) {
        parts.remove(body.digest());
    }
}
