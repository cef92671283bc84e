package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds what we make against GnuPG. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GpgVerifiesOursTest {

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SIGNED = Instant.parse("2026-02-01T12:00:00Z");
    private static final byte[] DATA = "what was deployed\r\n".getBytes(UTF_8);

    private final SecureRandom random = new SecureRandom();
    private PgpSecretKey ed25519;
    private PgpSecretKey rsa;
    private Gpg gpg;
    private Path data;

    @BeforeAll
    void importPublicKeys() throws IOException {
        gpg = new Gpg();
        data = gpg.file("data", DATA);
        ed25519 = PgpSecretKey.generateEd25519("Ours <ours@example.org>", MADE, Duration.ofDays(365), random);
        rsa = PgpSecretKey.generateRsa(2048, "Ours too <rsa@example.org>", MADE, random);
        for (PgpSecretKey key : new PgpSecretKey[] {ed25519, rsa}) {
            Path file = gpg.file("key.asc", key.certificate().toArmor());
            assertEquals(
                    0, gpg.run(SIGNED, "--batch", "--import", file.toString()).exit());
        }
    }

    @AfterAll
    void end() throws IOException {
        gpg.close();
    }

    private OutsideProgram.Result verify(PgpSignature signature) throws IOException {
        return gpg.verify(SIGNED.plusSeconds(60), gpg.file("data.asc", signature.toArmor()), data);
    }

    @Test
    void aSignatureByEd25519() throws IOException {
        String status = verify(ed25519.sign(DATA, SIGNED)).orFail();
        String fingerprint = ed25519.certificate().fingerprint().hex();
        assertTrue(status.contains("[GNUPG:] VALIDSIG " + fingerprint + " 2026-02-01 "), status);
        assertTrue(
                status.contains("[GNUPG:] GOODSIG " + fingerprint.substring(24) + " Ours <ours@example.org>"), status);
    }

    @Test
    void aSignatureByRsa() throws IOException {
        String status = verify(rsa.sign(data, SIGNED)).orFail();
        assertTrue(
                status.contains(
                        "[GNUPG:] VALIDSIG " + rsa.certificate().fingerprint().hex()),
                status);
    }

    @Test
    void bothInOneFile() throws IOException {
        String status =
                verify(ed25519.sign(DATA, SIGNED).and(rsa.sign(DATA, SIGNED))).orFail();
        assertEquals(2, status.lines().filter(line -> line.contains("VALIDSIG")).count(), status);
    }

    @Test
    void notOverOtherData() throws IOException {
        OutsideProgram.Result result = verify(ed25519.sign(new byte[] {1}, SIGNED));
        assertNotEquals(0, result.exit());
        assertTrue(result.out().contains("[GNUPG:] BADSIG"), result.toString());
    }

    @Test
    void theExpiryThatAKeyWasGiven() {
        String list = gpg.run(
                        SIGNED,
                        "--batch",
                        "--with-colons",
                        "--list-keys",
                        ed25519.certificate().fingerprint().hex())
                .orFail();
        String expiry = MADE.plus(Duration.ofDays(365)).getEpochSecond() + "";
        assertEquals(
                expiry,
                list.lines()
                        .filter(line -> line.startsWith("pub:"))
                        .findFirst()
                        .orElseThrow()
                        .split(":")[6]);
    }

    @Test
    void anExportedSecretKeyWithWhichItSigns() throws IOException {
        for (PgpSecretKey key : new PgpSecretKey[] {ed25519, rsa}) {
            Path file = gpg.file("secret.asc", key.export(Gpg.PASSPHRASE.toCharArray()));
            assertEquals(
                    0,
                    gpg.runWith(Gpg.PASSPHRASE, SIGNED, "--batch", "--import", file.toString())
                            .exit());
            PgpFingerprint fingerprint = key.certificate().fingerprint();
            PgpSignature signature = gpg.sign(SIGNED, Gpg.PASSPHRASE, fingerprint, data);
            PgpVerification verification =
                    PgpKeyring.empty().pin(fingerprint, key.certificate()).verify(signature, data, SIGNED);
            assertEquals(Outcome.PASS, verification.results().get(0).outcome(), verification.toString());
        }
    }

    @Test
    void notWithAnotherPassphrase() throws IOException {
        PgpSecretKey other = PgpSecretKey.generateEd25519("Other <other@example.org>", MADE, random);
        Path file = gpg.file("other.asc", other.export("one".toCharArray()));
        assertEquals(0, gpg.run(SIGNED, "--batch", "--import", file.toString()).exit());
        String[] sign = {"--batch", "-u", other.certificate().fingerprint().hex(), "-o", "other.sig", "-b", "data"};
        OutsideProgram.Result result = gpg.runWith("two", SIGNED, sign);
        assertNotEquals(0, result.exit());
        assertTrue(result.err().contains("Bad passphrase"), result.toString());
        assertEquals(0, gpg.runWith("one", SIGNED, sign).exit());
    }
}
