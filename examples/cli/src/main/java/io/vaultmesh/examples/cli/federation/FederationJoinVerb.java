package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.examples.cli.shared.Names;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh federation join}. */
@Command(
        name = "join",
        description = "Takes a peer up into peers.yaml, or changes what it may do.",
        footer = {
            "",
            "A node that runs reads the file when it is started again.",
            "",
            "Example:",
            "  vaultmesh federation join did:key:z6Mk… --address https://peer-b.example:8088"
        })
final class FederationJoinVerb implements Runnable {

    @Parameters(paramLabel = "DID", description = "The peer's identity, as its `federation init` shows it.")
    private String did;

    @Option(names = "--address", paramLabel = "URL", description = "Where it is. Default: it asks, and isn't asked")
    private @Nullable String address;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            converter = RoleConverter.class,
            description = "announce, serve, request, push or witness. Default: all but the last")
    private Set<Role> roles = EnumSet.of(Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH);

    @Option(names = "--namespace", paramLabel = "NS", description = "Where it may. Default: wherever this node shares")
    private @Nullable List<String> namespaces;

    @Option(
            names = "--log",
            paramLabel = "NS=VKEY",
            description = "The key of its log of a namespace, by which a rewrite of that log is noticed.")
    private Map<String, String> logs = Map.of();

    @Mixin
    private NodeFiles files;

    @Mixin
    private Output output;

    @Override
    public void run() {
        PeerId id = new PeerId(did);
        Set<NamespaceName> shared = files.config().namespaces();
        Peer peer = (address == null ? Peer.of(id) : Peer.at(address).identity(id))
                .roles(roles)
                .namespaces(namespaces(shared));
        for (Map.Entry<String, String> log : logs.entrySet()) {
            peer = peer.log(shared(shared, log.getKey()), NoteVerifier.of(log.getValue()));
        }
        files.peers().join(peer);
        output.print(JsonObject.builder().put("joined", id.did()).build(), "joined    " + peer + "\n");
    }

    private Set<NamespaceName> namespaces(Set<NamespaceName> shared) {
        return namespaces == null
                ? shared
                : namespaces.stream().map(name -> shared(shared, name)).collect(Collectors.toSet());
    }

    private static final class RoleConverter implements ITypeConverter<Role> {
        @Override
        public Role convert(String value) {
            return Names.find(Role.class, value);
        }
    }

    /** A node with a peer in a namespace that it doesn't share could not be started. */
    private static NamespaceName shared(Set<NamespaceName> shared, String name) {
        NamespaceName parsed = new NamespaceName(name);
        if (!shared.contains(parsed)) {
            throw new IllegalArgumentException("namespace is " + name + ", expected one of those in federation.yaml: "
                    + shared.stream().map(NamespaceName::value).sorted().toList());
        }
        return parsed;
    }
}
