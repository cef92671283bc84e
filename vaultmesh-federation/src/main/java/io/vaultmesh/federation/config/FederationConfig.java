package io.vaultmesh.federation.config;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.protocol.Settings;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a node takes part in a federation, as {@code federation.yaml} says it (docs/FORMATS.md). Its peers stand in a file of
 * their own, {@link PeersFile}. Immutable and thread-safe.
 *
 * @param listen where it listens
 * @param names the authorities under which peers reach it, as {@code node-a.example:8088}: what is signed for another is
 *     not for it
 * @param tls where its certificate is; empty if it speaks HTTP without TLS
 * @param settings what bounds its exchanges, and when bodies are fetched
 * @param quota what each peer may ask of each namespace
 * @param concurrent how many requests about one namespace are in work at once
 * @param namespaces what it shares
 * @param unused settings of the original system that have no place here, each as a line for people
 */
public record FederationConfig(
        Listen listen,
        Set<String> names,
        Optional<Tls> tls,
        Settings settings,
        Quota quota,
        int concurrent,
        Set<NamespaceName> namespaces,
        List<String> unused) {

    /** How many requests about one namespace are in work at once, where the file doesn't say it. */
    public static final int CONCURRENT = 16;

    /**
     * Creates it.
     *
     * @param listen where it listens
     * @param names the authorities under which peers reach it
     * @param tls where its certificate is; empty if it speaks HTTP without TLS
     * @param settings what bounds its exchanges, and when bodies are fetched
     * @param quota what each peer may ask of each namespace
     * @param concurrent how many requests about one namespace are in work at once
     * @param namespaces what it shares
     * @param unused settings of the original system that have no place here, each as a line for people
     */
    public FederationConfig {
        requireNonNull(listen, "listen");
        names = Set.copyOf(names);
        requireNonNull(tls, "tls");
        requireNonNull(settings, "settings");
        requireNonNull(quota, "quota");
        namespaces = Set.copyOf(namespaces);
        unused = List.copyOf(unused);
    }

    /**
     * Reads a file, in our form or in that of the original system's {@code vmsh/config/federation.yaml}.
     *
     * @param file the file; relative paths in it are relative to its directory
     * @return what it says
     * @throws ConfigException if it is not what it should be; the message names file, line and column
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public static FederationConfig read(Path file) {
        return FederationYaml.read(file);
    }
}
