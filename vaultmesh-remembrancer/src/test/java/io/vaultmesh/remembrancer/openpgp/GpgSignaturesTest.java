package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what GnuPG makes against us. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GpgSignaturesTest {

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SIGNED = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant REVOKED = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-04-01T00:00:00Z");
    private static final byte[] DATA = "what was deployed\r\n".getBytes(UTF_8);

    private Gpg gpg;
    private Path data;

    @BeforeAll
    void home() throws IOException {
        gpg = new Gpg();
        data = gpg.file("data", DATA);
    }

    @AfterAll
    void end() throws IOException {
        gpg.close();
    }

    private static PgpVerification.Result verify(PgpCertificate certificate, PgpSignature signature) {
        return PgpKeyring.empty()
                .pin(certificate.fingerprint(), certificate)
                .verify(signature, DATA, LATER)
                .results()
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa2048", "nistp256", "nistp384", "nistp521"})
    void areAccepted(String algorithm) {
        PgpFingerprint key = gpg.generate(MADE, "", "signs by " + algorithm, algorithm, "cert,sign");
        PgpVerification.Result result = verify(gpg.certificate(SIGNED, key), gpg.sign(SIGNED, "", key, data));
        assertEquals(Outcome.PASS, result.outcome(), result.detail());
        assertEquals(Optional.of(SIGNED), result.created());
        assertEquals(Optional.of(key), result.key());
    }

    @Test
    void withAnotherHashAreJudgedByIt() {
        PgpFingerprint key = gpg.generate(MADE, "", "hashes", "ed25519", "cert,sign");
        PgpCertificate certificate = gpg.certificate(SIGNED, key);
        for (String hash : new String[] {"SHA256", "SHA384", "SHA512"}) {
            assertEquals(
                    Outcome.PASS,
                    verify(certificate, gpg.sign(SIGNED, "", key, data, "--digest-algo", hash))
                            .outcome());
        }
        PgpVerification.Result weak = verify(certificate, gpg.sign(SIGNED, "", key, data, "--digest-algo", "SHA1"));
        assertEquals(Outcome.FAIL, weak.outcome());
        assertTrue(weak.detail().contains("SHA-1"), weak.detail());
        PgpVerification.Result text = verify(certificate, gpg.sign(SIGNED, "", key, data, "--textmode"));
        assertEquals(Outcome.FAIL, text.outcome());
        assertTrue(text.detail().contains("type 0x1"), text.detail());
        PgpVerification.Result notation =
                verify(certificate, gpg.sign(SIGNED, "", key, data, "--sig-notation", "!a@example.org=b"));
        assertEquals(Outcome.FAIL, notation.outcome());
        assertTrue(notation.detail().contains("critical subpacket 20"), notation.detail());
        assertEquals(
                Outcome.PASS,
                verify(certificate, gpg.sign(SIGNED, "", key, data, "--sig-notation", "a@example.org=b"))
                        .outcome());
    }

    @Test
    void bySubkeysAreTheirPrimaryKeys() throws IOException {
        PgpFingerprint key = gpg.generate(MADE, Gpg.PASSPHRASE, "has subkey", "ed25519", "cert");
        var unused = gpg.runWith(Gpg.PASSPHRASE, MADE, "--batch", "--quick-add-key", key.hex(), "ed25519", "sign", "6m")
                .orFail();
        unused = gpg.runWith(Gpg.PASSPHRASE, MADE, "--batch", "--quick-add-key", key.hex(), "cv25519", "encr", "6m")
                .orFail();
        PgpCertificate certificate = gpg.certificate(SIGNED, key);
        PgpFingerprint subkey = certificate.subkeys().get(0);
        PgpVerification.Result result = verify(certificate, gpg.sign(SIGNED, Gpg.PASSPHRASE, key, data));
        assertEquals(Outcome.PASS, result.outcome(), result.detail());
        assertEquals(Optional.of(key), result.signer());
        assertEquals(Optional.of(subkey), result.key());

        for (String what : new String[] {"--export-secret-keys", "--export-secret-subkeys"}) {
            byte[] exported = gpg.runWith(Gpg.PASSPHRASE, SIGNED, "--batch", "--armor", what, key.hex())
                    .orFail()
                    .getBytes(US_ASCII);
            signs(exported, certificate, subkey);
        }
    }

    private void signs(byte[] exported, PgpCertificate certificate, PgpFingerprint subkey) throws IOException {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> PgpSecretKey.parse(exported, "wrong".toCharArray()));
        assertTrue(refusal.getMessage().contains("passphrase"), refusal.getMessage());
        try (PgpSecretKey secret = PgpSecretKey.parse(exported, Gpg.PASSPHRASE.toCharArray())) {
            assertEquals(certificate, secret.certificate());
            Path signature = gpg.file("sub.asc", secret.sign(data, SIGNED).toArmor());
            String status = gpg.verify(LATER, signature, data).orFail();
            assertTrue(status.contains("[GNUPG:] VALIDSIG " + subkey), status);
        }
    }

    @Test
    void byASubkeyThatWentThroughUsWithoutItsPrimarySecretAreAccepted() throws IOException {
        PgpFingerprint key = gpg.generate(MADE, Gpg.PASSPHRASE, "travels", "ed25519", "cert");
        var unused = gpg.runWith(Gpg.PASSPHRASE, MADE, "--batch", "--quick-add-key", key.hex(), "ed25519", "sign", "6m")
                .orFail();
        byte[] exported = gpg.runWith(
                        Gpg.PASSPHRASE, SIGNED, "--batch", "--armor", "--export-secret-subkeys", key.hex())
                .orFail()
                .getBytes(US_ASCII);
        try (PgpSecretKey secret = PgpSecretKey.parse(exported, Gpg.PASSPHRASE.toCharArray());
                Gpg other = new Gpg()) {
            Path file = other.file("secret.asc", secret.export("another".toCharArray()));
            assertEquals(
                    0, other.run(SIGNED, "--batch", "--import", file.toString()).exit());
            PgpSignature signature = other.sign(SIGNED, "another", key, data);
            PgpVerification.Result result = verify(secret.certificate(), signature);
            assertEquals(Outcome.PASS, result.outcome(), result.detail());
            assertEquals(Optional.of(secret.certificate().subkeys().get(0)), result.key());
        }
    }

    @Test
    void ofASecretKeyWithoutPassphraseNeedAnEmptyOne() {
        PgpFingerprint key = gpg.generate(MADE, "", "open", "rsa2048", "cert,sign");
        byte[] exported = gpg.run(SIGNED, "--batch", "--armor", "--export-secret-keys", key.hex())
                .orFail()
                .getBytes(US_ASCII);
        assertThrows(IllegalArgumentException.class, () -> PgpSecretKey.parse(exported, "any".toCharArray()));
        try (PgpSecretKey secret = PgpSecretKey.parse(exported, new char[0])) {
            assertEquals(
                    Outcome.PASS,
                    verify(gpg.certificate(SIGNED, key), secret.sign(data, SIGNED))
                            .outcome());
        }
    }

    @Test
    void byARevokedKeyDependOnWhyAndWhen() throws IOException {
        PgpFingerprint key = gpg.generate(MADE, "", "revoked", "ed25519", "cert,sign");
        PgpSignature before = gpg.sign(SIGNED, "", key, data);
        PgpSignature after = gpg.sign(LATER, "", key, data);
        PgpCertificate good = gpg.certificate(SIGNED, key);
        assertEquals(Outcome.PASS, verify(good, after).outcome());
        // GnuPG's reasons: 0 none, 1 compromised, 2 superseded, 3 no longer used
        for (String reason : new String[] {"0", "1", "2", "3"}) {
            PgpCertificate revoked = revoke(key, good, reason);
            boolean soft = reason.equals("2") || reason.equals("3");
            PgpVerification.Result earlier = verify(revoked, before);
            assertEquals(soft ? Outcome.PASS : Outcome.FAIL, earlier.outcome(), earlier.detail());
            PgpVerification.Result later = verify(revoked, after);
            assertEquals(Outcome.FAIL, later.outcome());
            assertTrue(later.detail().contains("revoked"), later.detail());
        }
    }

    private PgpCertificate revoke(PgpFingerprint key, PgpCertificate good, String reason) throws IOException {
        Path commands = gpg.file("commands", "y\n" + reason + "\nbecause\n\ny\n");
        String revocation = gpg.run(REVOKED, "--command-file", commands.toString(), "--gen-revoke", key.hex())
                .orFail();
        try (Gpg other = new Gpg()) {
            Path certificate = other.file("key.asc", good.toArmor());
            Path revoked = other.file("revocation.asc", revocation);
            assertEquals(
                    0,
                    other.run(REVOKED, "--batch", "--import", certificate.toString(), revoked.toString())
                            .exit());
            return other.certificate(REVOKED, key);
        }
    }

    @Test
    void byARevokedSubkeyEndWithIt() throws IOException {
        PgpFingerprint key = gpg.generate(MADE, "", "subkey revoked", "ed25519", "cert");
        var unused = gpg.runWith("", MADE, "--batch", "--quick-add-key", key.hex(), "ed25519", "sign", "6m")
                .orFail();
        PgpSignature before = gpg.sign(SIGNED, "", key, data);
        PgpSignature after = gpg.sign(LATER, "", key, data);
        Path commands = gpg.file("commands", "key 1\nrevkey\ny\n3\nx\n\ny\nsave\n");
        unused = gpg.run(REVOKED, "--command-file", commands.toString(), "--edit-key", key.hex())
                .orFail();
        PgpCertificate revoked = gpg.certificate(LATER, key);
        assertEquals(Outcome.PASS, verify(revoked, before).outcome());
        assertEquals(Outcome.FAIL, verify(revoked, after).outcome());
        assertTrue(verify(revoked, after).detail().contains("was revoked"));
    }

    @Test
    void withoutArmorAreReadToo() throws IOException {
        PgpFingerprint key = gpg.generate(MADE, "", "binary", "ed25519", "cert,sign");
        var unused = gpg.run(SIGNED, "--batch", "-u", key.hex(), "-o", "data.sig", "-b", data.toString())
                .orFail();
        byte[] binary = Files.readAllBytes(gpg.home().resolve("data.sig"));
        PgpSignature signature = PgpSignature.parse(binary);
        assertEquals(
                Outcome.PASS, verify(gpg.certificate(SIGNED, key), signature).outcome());
        assertEquals(1, signature.count());
    }
}
