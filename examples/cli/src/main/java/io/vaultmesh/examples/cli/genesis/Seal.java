package io.vaultmesh.examples.cli.genesis;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.Hit;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.Kind;
import java.util.stream.Stream;

/**
 * The record of a sealed revision.
 *
 * @param commit the revision's id
 */
record Seal(String commit) {

    private static final String COMPONENT = "genesis";

    /** The seal whose archive has this hash; refuted if there is none: a deployment of anything else is no seal. */
    static Seal of(Remembrancer memory, Hash archive) {
        try (Stream<Hit> hits =
                memory
                        .query(Search.all())
                        .kinds(Kind.DEPLOYMENT)
                        .component(COMPONENT)
                        .author(memory.author())
                        .stream()) {
            return hits.map(Hit::record)
                    .filter(record -> record.subjects().stream()
                            .anyMatch(subject -> subject.digest().equals(archive)))
                    .findFirst()
                    .map(record -> new Seal(record.predicate().version().orElse("")))
                    .orElseThrow(() -> new RefutedException(
                            "no revision was sealed whose archive has the SHA-256 hash " + archive));
        }
    }

    String archive() {
        return COMPONENT + "-" + commit + ".tar";
    }
}
