package io.vaultmesh.core.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that puts Bouncy Castle before all other providers. */
class HashingProviderTest {

    @BeforeEach
    void register() {
        assertEquals(1, Security.insertProviderAt(new BouncyCastleProvider(), 1));
    }

    @AfterEach
    void remove() {
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    @Test
    void hashesByTheJdkAllTheSame() throws NoSuchAlgorithmException {
        assertEquals(
                BouncyCastleProvider.PROVIDER_NAME,
                MessageDigest.getInstance("SHA-256").getProvider().getName(),
                "what everybody else gets");
        assertEquals("SUN", Hashing.newSha256().getProvider().getName());
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Hashing.sha256("abc".getBytes(StandardCharsets.US_ASCII)).toString());
    }
}
