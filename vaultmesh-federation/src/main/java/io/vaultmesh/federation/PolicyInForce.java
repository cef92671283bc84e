package io.vaultmesh.federation;

import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.remembrancer.Hit;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The policy of a namespace: the newest that the memory's own author recorded there. */
final class PolicyInForce {

    private PolicyInForce() {}

    /** The policy; the open one, if none was recorded. */
    static AdmissionPolicy of(Namespace namespace, String author) {
        Optional<MemoryRecord> newest;
        try (Stream<Hit> hits = namespace.query(Search.all()).kinds(Kind.POLICY).author(author).stream()) {
            newest = hits.max(Comparator.comparingLong(Hit::index)).map(Hit::record);
        }
        return newest.map(record -> read(namespace, record)).orElseGet(AdmissionPolicy::open);
    }

    private static AdmissionPolicy read(Namespace namespace, MemoryRecord record) {
        try (InputStream body = namespace
                .openBody(record)
                .orElseThrow(() -> new MemoryDamagedException("the body of policy " + record.id()
                        + " is missing, expected what holds in " + namespace.name()))) {
            return AdmissionPolicy.parse(body.readAllBytes());
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException("policy " + record.id() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the body of policy " + record.id() + ": " + e, e);
        }
    }
}
