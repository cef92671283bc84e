package io.vaultmesh.federation.config;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The original system's {@code vmsh/config/federation.yaml} (VaultSovereign/vm-spawn 94cf317): {@code mesh} with the node's
 * name and where it listens, and under {@code namespaces} which peers take part and how many confirmations an anchor needs.
 * What it has no word for may be added in our words.
 */
final class OriginalFederation {

    private OriginalFederation() {}

    static boolean isOne(Section root) {
        return root.has("mesh");
    }

    static FederationConfig read(Section root, Path directory) {
        root.only("mesh", "namespaces", "names", "tls", "limits", "quota", "bodies");
        Section mesh = root.section("mesh");
        mesh.only("node_id", "listen");
        List<String> unused = new ArrayList<>();
        mesh.text("node_id", id -> id)
                .ifPresent(id -> unused.add("mesh.node_id " + id + ": a node is named by its transport key"));
        Section listening = mesh.section("listen", "listen: {http: \"0.0.0.0:8088\"}");
        listening.only("http");
        Listen listen = listening.text("http", "http: \"0.0.0.0:8088\"", OriginalFederation::listen);
        Map<NamespaceName, Section> namespaces = namespaces(root);
        namespaces.forEach((name, section) -> unused.addAll(unused(name, section)));
        return FederationYaml.config(root, directory, listen, namespaces.keySet(), unused);
    }

    private static Listen listen(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("expected a host and a port, as 0.0.0.0:8088");
        }
        return new Listen(text.substring(0, colon), Scalars.count(text.substring(colon + 1)));
    }

    private static Map<NamespaceName, Section> namespaces(Section root) {
        return root.section("namespaces", "namespaces: {dao:vaultmesh: {peers: []}}")
                .sections(FederationYaml::name);
    }

    private static List<String> unused(NamespaceName name, Section section) {
        section.only("peers", "verify", "limits");
        List<String> unused = new ArrayList<>();
        Section verify = section.section("verify");
        verify.only("evm_confirmations", "btc_confirmations");
        verify.all(key -> key, Scalars::count)
                .forEach((key, count) -> unused.add("namespaces." + name + ".verify." + key + " " + count
                        + ": what finality an anchor needs is said where it is verified"));
        Section limits = section.section("limits");
        limits.only("max_announce_rate_per_min");
        limits.all(key -> key, Scalars::count)
                .forEach((key, count) -> unused.add(
                        "namespaces." + name + ".limits." + key + " " + count + ": quota bounds all requests"));
        return unused;
    }

    /**
     * In which namespaces a peer takes part, by the file beside the list of peers.
     *
     * @param peer the name that the original gives it
     * @throws ConfigException if there is such a file, and it is not what it should be
     */
    static Set<NamespaceName> namespacesOf(String peer, Path file) {
        Set<NamespaceName> names = new HashSet<>();
        if (Files.exists(file)) {
            Section root = Section.of("", YamlReader.read(file));
            if (isOne(root)) {
                namespaces(root).forEach((name, section) -> {
                    if (section.texts("peers", id -> id).orElse(List.of()).contains(peer)) {
                        names.add(name);
                    }
                });
            }
        }
        return names;
    }
}
