package io.vaultmesh.examples.quickstart;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Scaffold;
import io.vaultmesh.remembrancer.receipt.Receipt;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.spec.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Creates a service, remembers it, proves it, and shows that a change to the past is noticed. */
public final class Quickstart {

    public static void main(String[] args) throws IOException {
        Path home = Path.of(args.length == 0 ? "quickstart" : args[0]);
        // region readme
        Path ledger = home.resolve("services/ledger");
        if (Files.exists(ledger)) {
            System.out.println("Left alone:  " + ledger + ", which exists");
        } else {
            Spawner spawner = Spawner.builder().into(home.resolve("services")).build();
            String commit = spawner.spawn(ServiceSpec.named("ledger").build()).commit();
            System.out.println("Created:     " + ledger + ", commit " + commit);
        }

        List<byte[]> receipts;
        String logKey;
        try (Remembrancer memory = Remembrancer.open(home.resolve("memory"))) {
            Receipt created = memory.record(Scaffold.of(ledger).key("scaffold/ledger"));
            Receipt deployed = memory.record(Deployment.of("ledger", "1.0.0")
                    .artifact(ledger.resolve(Scaffold.MANIFEST)) // the hash of every generated file
                    .environment("production")
                    .key("deploy/ledger/1.0.0/production"));
            receipts = List.of(created.bytes(), deployed.bytes());
            logKey = memory.verifier().toText();
            System.out.println("Remembered:  " + memory.checkpoint());
            memory.verifyAudit().orThrow();
        }

        for (byte[] alone : receipts) { // nothing but the receipt's bytes and the log's public key
            Receipt receipt = Receipt.parse(alone);
            receipt.verify(NoteVerifier.of(logKey)).orThrow();
            System.out.println("Proven:      " + receipt.record().title() + ", record " + receipt.id());
        }

        Path copy = copyOf(home.resolve("memory"), home.resolve("tampered"));
        Path entries = copy.resolve("namespaces/main/log/tile/entries/000.p/2"); // both records' bytes
        byte[] bytes = Files.readAllBytes(entries);
        bytes[100] ^= 1;
        Files.write(entries, bytes);
        try (Remembrancer tampered = Remembrancer.open(copy)) {
            Report audit = tampered.verifyAudit();
            if (audit.passed()) {
                throw new IllegalStateException("a changed byte went unnoticed");
            }
            System.out.print("Tampered:    one byte changed in a copy, and the audit fails\n\n" + audit);
        }
        // endregion
    }

    private static Path copyOf(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (!Files.isDirectory(target)) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return to;
    }
}
