package io.vaultmesh.remembrancer.openpgp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Bytes of any kind are read, or refused by the one exception that is promised. */
class ParsingProperties {

    private static final List<String> SIGNATURES =
            List.of("openpgp/g-ed25519.sig.asc", "openpgp/g-rsa3072.sig.asc", "original/test-app.tar.gz.asc");
    private static final List<String> CERTIFICATES =
            List.of("openpgp/g-ed25519.pub.asc", "openpgp/g-rsa3072.pub.asc", "original/sovereign-297BE5B3.pub.pgp");
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private static void readOrRefused(byte[] bytes, Consumer<byte[]> reader) {
        try {
            reader.accept(bytes);
        } catch (IllegalArgumentException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank());
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated =
                java.util.Arrays.copyOf(bytes, random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length);
        for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
            int at = random.nextBoolean()
                    ? random.nextInt(mutated.length)
                    : random.nextInt(Math.min(60, mutated.length));
            mutated[at] =
                    random.nextBoolean() ? (byte) random.nextInt() : (byte) (mutated[at] ^ (1 << random.nextInt(8)));
        }
        return mutated;
    }

    @Property(tries = 300)
    void changedSignaturesNeverPassForOtherData(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] file = Vectors.read(SIGNATURES.get(random.nextInt(SIGNATURES.size())));
        byte[] bytes = random.nextBoolean() ? file : PgpSignature.parse(file).toBytes();
        readOrRefused(mutated(bytes, random), damaged -> {
            PgpVerification verification = Vectors.sovereign().verify(PgpSignature.parse(damaged), new byte[1], NOW);
            assertTrue(verification.results().stream().noneMatch(result -> result.outcome() == Outcome.PASS));
        });
    }

    @Property(tries = 100)
    void changedCertificatesAreReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] file = Vectors.read(CERTIFICATES.get(random.nextInt(CERTIFICATES.size())));
        byte[] bytes =
                random.nextInt(4) == 0 ? file : PgpCertificate.parse(file).toBytes();
        readOrRefused(
                mutated(bytes, random),
                damaged -> assertTrue(PgpCertificate.parse(damaged).toBytes().length > 0));
    }

    @Property(tries = 300)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        readOrRefused(bytes, any -> assertTrue(PgpSignature.parse(any).count() > 0));
        readOrRefused(bytes, any -> assertTrue(PgpCertificate.parse(any).toBytes().length > 0));
    }
}
