package io.vaultmesh.examples.cli.key;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.MemoryReader;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh key list}. */
@Command(
        name = "list",
        description = "Lists a memory's own public keys, to be given to those who verify, and to peers.",
        footer = {"", "Example:", "  vaultmesh key list --memory memory"})
final class KeyListVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String author;
        Ed25519PublicKey transport;
        List<NoteVerifier> logs;
        try (Remembrancer open = memory.open()) {
            author = open.author();
            transport = open.exposeTransportKey().publicKey();
            logs = logs(open);
        }
        print("author", author);
        logs.forEach(log -> print("log", log.toText()));
        print("transport", PeerId.of(transport).did());
    }

    private static List<NoteVerifier> logs(Remembrancer open) {
        try (MemoryReader reader = Remembrancer.read(open.directory())) {
            return reader.namespaces().stream()
                    .map(NamespaceName::toString)
                    .map(name -> open.namespace(name).verifier())
                    .toList();
        }
    }

    private void print(String role, String key) {
        output.print(
                JsonObject.builder().put("role", role).put("key", key).build(), String.format("%-9s %s%n", role, key));
    }
}
