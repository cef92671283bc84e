package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Set;

/**
 * What may stand in a namespace's log, and which bodies are kept beside it.
 *
 * @param namespace the namespace
 * @param owner the did:key of the memory's own author
 * @param authors the did:keys whose records may stand in it; the set is copied
 * @param bodies which bodies of other authors are kept
 */
public record AuditScope(NamespaceName namespace, String owner, Set<String> authors, BodyPolicy bodies) {

    /**
     * Creates a scope.
     *
     * @param namespace the namespace
     * @param owner the did:key of the memory's own author
     * @param authors the did:keys whose records may stand in it; the set is copied
     * @param bodies which bodies of other authors are kept
     */
    public AuditScope {
        requireNonNull(namespace, "namespace");
        requireNonNull(owner, "owner");
        requireNonNull(bodies, "bodies");
        authors = Set.copyOf(authors);
    }

    /**
     * The scope of a namespace in which only the owner writes.
     *
     * @param namespace the namespace
     * @param owner the did:key of the memory's own author
     * @return the scope
     */
    public static AuditScope of(NamespaceName namespace, String owner) {
        return new AuditScope(namespace, owner, Set.of(owner), BodyPolicy.everything());
    }
}
