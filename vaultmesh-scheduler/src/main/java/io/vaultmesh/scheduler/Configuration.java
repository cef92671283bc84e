package io.vaultmesh.scheduler;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which configuration files a scheduler uses. Immutable and thread-safe.
 *
 * @param hash the identity of the files in use: the SHA-256 of the SHA-256 of each (docs/FORMATS.md)
 * @param since since when they are in use
 * @param leftOut the namespaces in them that are left out, each with the reason
 * @param unused what they say that has no place here, each as a line for people
 * @param refusal why the files that are there now are not in use; empty if they are
 * @param loads how many times files came into use, the first time included
 * @param refusals how many times files were refused, or gone; once as long as nothing changes
 */
public record Configuration(
        Hash hash,
        Instant since,
        Map<String, String> leftOut,
        List<String> unused,
        Optional<Refusal> refusal,
        long loads,
        long refusals) {

    /**
     * Creates it.
     *
     * @param hash the identity of the files in use
     * @param since since when they are in use
     * @param leftOut the namespaces in them that are left out, each with the reason
     * @param unused what they say that has no place here
     * @param refusal why the files that are there now are not in use
     * @param loads how many times files came into use
     * @param refusals how many times files were refused, or gone
     */
    public Configuration {
        requireNonNull(hash, "hash");
        requireNonNull(since, "since");
        requireNonNull(refusal, "refusal");
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        unused = List.copyOf(unused);
    }

    /**
     * Files that are not in use. Immutable and thread-safe.
     *
     * @param at when they were refused
     * @param hash their identity; empty if they can't be read
     * @param reason why, with file, line and column if there is such a place
     */
    public record Refusal(Instant at, Optional<Hash> hash, String reason) {

        /**
         * Creates it.
         *
         * @param at when they were refused
         * @param hash their identity
         * @param reason why
         */
        public Refusal {
            requireNonNull(at, "at");
            requireNonNull(hash, "hash");
            requireNonNull(reason, "reason");
        }
    }

    Configuration refused(Refusal by) {
        return new Configuration(hash, since, leftOut, unused, Optional.of(by), loads, refusals + 1);
    }

    /** The files in use are there again. */
    Configuration restored() {
        return new Configuration(hash, since, leftOut, unused, Optional.empty(), loads, refusals);
    }
}
