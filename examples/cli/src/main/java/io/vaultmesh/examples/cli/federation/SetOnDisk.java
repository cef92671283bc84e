package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.reconcile.ItemSet;
import io.vaultmesh.remembrancer.Hit;
import io.vaultmesh.remembrancer.NamespaceReader;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a namespace shares, as far as its files show it: nobody need run, and whoever runs isn't asked.
 *
 * @param size how many records the policy admits
 * @param root their set root
 * @param policy the policy's id
 * @param conflicts how many numbers were given to several of them
 * @param refused how many records of peers were refused
 */
record SetOnDisk(long size, Hash root, Hash policy, long conflicts, long refused) {

    private static final int MOST_BYTES = 1 << 20;

    static SetOnDisk read(Path memory, NamespaceReader namespace) {
        AdmissionPolicy policy = policy(namespace, author(memory));
        ItemSet items = new ItemSet();
        Map<String, Integer> numbers = new HashMap<>();
        try (Stream<MemoryRecord> records = namespace.timeline()) {
            records.filter(record -> policy.admits(record).holds()).forEach(record -> {
                if (items.add(0, record.id())) { // the root doesn't depend on times
                    String number = record.predicate().author() + " "
                            + record.predicate().seq();
                    numbers.merge(number, 1, Integer::sum);
                }
            });
        }
        long conflicts = numbers.values().stream().filter(count -> count > 1).count();
        return new SetOnDisk(items.size(), items.root(), policy.id(), conflicts, refused(memory, namespace));
    }

    private static String author(Path memory) {
        byte[] json = InputFile.bytes(memory.resolve("memory.json"), MOST_BYTES);
        return ((JsonObject) StrictJson.parse(json)).string("author");
    }

    /** The newest that the memory's own author recorded; the open one, if there is none. */
    private static AdmissionPolicy policy(NamespaceReader namespace, String author) {
        Optional<MemoryRecord> newest;
        try (Stream<Hit> hits = namespace.query(Search.all()).kinds(Kind.POLICY).author(author).stream()) {
            newest = hits.max(Comparator.comparingLong(Hit::index)).map(Hit::record);
        }
        return newest.map(record -> parse(namespace, record)).orElseGet(AdmissionPolicy::open);
    }

    private static AdmissionPolicy parse(NamespaceReader namespace, MemoryRecord record) {
        try (InputStream body = namespace
                .openBody(record)
                .orElseThrow(() -> new MemoryDamagedException("the body of policy " + record.id() + " is missing"))) {
            return AdmissionPolicy.parse(body.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the body of policy " + record.id() + ": " + e.getMessage(), e);
        }
    }

    private static long refused(Path memory, NamespaceReader namespace) {
        byte[] name = namespace.name().value().getBytes(StandardCharsets.UTF_8);
        Path file = memory.resolve("federation").resolve(Hashing.sha256(name) + ".refused");
        try {
            return Files.exists(file) ? Math.max(0, Files.size(file) / Hash.LENGTH - 1) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
