package io.vaultmesh.examples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.Remembrancer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Audits a million memories. */
public class Auditing {

    private static final PreparedMemory PREPARED = PreparedMemory.A_MILLION;
    private static final int SIGNATURES = 50_000;

    /** What was signed, and its signature. */
    private static final class Signed {

        private final byte[] message;
        private final byte[] signature;

        Signed(Envelope envelope) {
            byte[] payload = envelope.payload();
            byte[] head = ("DSSEv1 " + envelope.payloadType().length() + " " + envelope.payloadType() + " "
                            + payload.length + " ")
                    .getBytes(UTF_8);
            message = Arrays.copyOf(head, head.length + payload.length);
            System.arraycopy(payload, 0, message, head.length, payload.length);
            signature = envelope.signatures().get(0).signature();
        }

        boolean verifies(Ed25519PublicKey key) {
            return key.verify(message, signature);
        }
    }

    /** The first records' signatures, in memory. */
    @State(Scope.Benchmark)
    public static class Signatures {

        private final Ed25519PublicKey key;
        private final List<Signed> signed;

        public Signatures() {
            try (Remembrancer memory = PREPARED.open()) {
                key = Ed25519PublicKey.ofDidKey(memory.author());
                LogReader log = MerkleLog.read(PREPARED.log(), memory.verifier());
                signed = log.entries(0, SIGNATURES)
                        .map(entry -> new Signed(Envelope.parseLogged(entry.bytes())))
                        .toList();
            }
        }

        /** Verifies them as often as the memory has records, on all processors. */
        long verify() {
            return IntStream.range(0, PREPARED.size())
                    .parallel()
                    .filter(i -> signed.get(i % SIGNATURES).verifies(key))
                    .count();
        }
    }

    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx256m")
    public Report vaultmesh(OpenMemory open) {
        return open.get().verifyAudit().orThrow();
    }

    @Benchmark
    public long signatures(Signatures signatures) {
        long sound = signatures.verify();
        if (sound != PREPARED.size()) {
            throw new IllegalStateException(sound + " signatures verify, expected " + PREPARED.size());
        }
        return sound;
    }
}
