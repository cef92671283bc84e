package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Set;
import java.util.TreeSet;

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
     * The scope of a namespace that keeps the bodies of its owner's records, and those of others that it was given.
     *
     * @param namespace the namespace
     * @param owner the did:key of the memory's own author
     * @param others the did:keys of the authors whose records were taken over
     * @return the scope
     */
    public static AuditScope of(NamespaceName namespace, String owner, Set<String> others) {
        Set<String> authors = new TreeSet<>(others);
        authors.add(owner);
        return new AuditScope(namespace, owner, authors, BodyPolicy.whatIsHere());
    }
}
