package io.vaultmesh.remembrancer;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a namespace and the files beside an artifact have about it. */
final class Evidence {

    /** What signs or stamps is short; this has room for a hundred signatures. */
    private static final int MAX_BYTES = 1 << 20;

    private final Namespace namespace;

    Evidence(Namespace namespace) {
        this.namespace = namespace;
    }

    /**
     * A signature or a timestamp, wherever it was found.
     *
     * @param name where
     * @param bytes what it is; empty if it is damaged
     * @param damage what is wrong with it, if something is
     */
    record Found(String name, Optional<String> damage, Bytes bytes) {

        Hash digest() {
            return bytes.digest();
        }
    }

    /** A few bytes that are equal to others by their hash. */
    static final class Bytes {

        private final byte[] array;
        private final Hash digest;

        Bytes(byte[] array) {
            this.array = array;
            this.digest = Hashing.sha256(array);
        }

        byte[] array() {
            return array;
        }

        Hash digest() {
            return digest;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && digest.equals(bytes.digest);
        }

        @Override
        public int hashCode() {
            return digest.hashCode();
        }
    }

    /** The file beside another one whose name ends in something more. */
    static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** The records of a kind about something, by its hash. */
    List<Receipt> records(Kind kind, Hash about) {
        try (Stream<Hit> hits = namespace.query(Search.words(about.toString())).kinds(kind).stream()) {
            return hits.map(Hit::receipt)
                    .filter(receipt -> isAbout(receipt.record(), about))
                    .toList();
        }
    }

    private static boolean isAbout(MemoryRecord record, Hash digest) {
        return record.subjects().get(0).digest().equals(digest)
                || (record.kind() == Kind.DEPLOYMENT
                        && record.subjects().stream()
                                .anyMatch(subject -> subject.digest().equals(digest)));
    }

    /** The bodies of the records of a kind about something, and the file beside it; what is there twice is found once. */
    List<Found> all(Kind kind, Hash about, Path beside) {
        List<Found> all = new ArrayList<>();
        for (Receipt receipt : records(kind, about)) {
            add(all, body(receipt.record()));
        }
        if (Files.exists(beside)) {
            add(all, file(beside));
        }
        return all;
    }

    private static void add(List<Found> all, Found found) {
        if (found.damage().isPresent()
                || all.stream().noneMatch(known -> known.bytes().equals(found.bytes()))) {
            all.add(found);
        }
    }

    private Found body(MemoryRecord record) {
        String name = "record " + record.id();
        BodyRef ref = record.predicate().body().orElseThrow();
        if (ref.size() > MAX_BYTES) {
            return damaged(name, "it has " + ref.size() + " bytes, expected at most " + MAX_BYTES);
        }
        try (InputStream stream = namespace.openBody(record).orElseThrow()) {
            return new Found(name, Optional.empty(), new Bytes(stream.readAllBytes()));
        } catch (MemoryDamagedException | IOException | UncheckedIOException e) {
            return damaged(name, String.valueOf(e.getMessage()));
        }
    }

    static Found file(Path file) {
        String name = file.getFileName().toString();
        if (!Files.isRegularFile(file)) {
            return damaged(name, file + " is no regular file");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? damaged(name, file + " has more than " + MAX_BYTES + " bytes")
                    : new Found(name, Optional.empty(), new Bytes(bytes));
        } catch (IOException e) {
            return damaged(name, "can't read " + file + ": " + e);
        }
    }

    private static Found damaged(String name, String why) {
        return new Found(name, Optional.of(why), new Bytes(new byte[0]));
    }
}
