package io.vaultmesh.core.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The arithmetic depends on no provider that a host registers, and registers none. */
class Ed25519ProviderTest {

    private static final byte[] SEED = new byte[32];
    private static final byte[] MESSAGE = {1, 2, 3};

    private final List<Provider> before = List.of(Security.getProviders());

    @AfterEach
    void restore() {
        Stream.of(Security.getProviders()).forEach(provider -> Security.removeProvider(provider.getName()));
        before.forEach(Security::addProvider);
        assertEquals(before, List.of(Security.getProviders()));
    }

    @Test
    void neitherRegistersAProvider() {
        for (Ed25519Arithmetic arithmetic : Arithmetics.all()) {
            Ed25519PrivateKey key = new Ed25519PrivateKey(SEED, arithmetic);
            assertTrue(key.publicKey().verify(MESSAGE, key.sign(MESSAGE)));
            assertEquals(before, List.of(Security.getProviders()), arithmetic::toString);
        }
    }

    @Test
    void theJdksStaysTheJdksBehindAnotherProvider() throws NoSuchAlgorithmException {
        byte[] expected = new Ed25519PrivateKey(SEED, new JdkEd25519()).sign(MESSAGE);
        assertEquals(1, Security.insertProviderAt(new BouncyCastleProvider(), 1));
        assertEquals("BC", KeyFactory.getInstance("Ed25519").getProvider().getName(), "what everybody else gets");
        Ed25519PrivateKey key = new Ed25519PrivateKey(SEED, new JdkEd25519());
        assertArrayEquals(expected, key.sign(MESSAGE));
        assertTrue(key.publicKey().verify(MESSAGE, expected));
        byte[] twisted =
                ReferenceEd25519.sign(SEED, key.publicKey().bytes(), MESSAGE, BigInteger.TEN, ReferenceEd25519.ORDER_8);
        assertFalse(key.publicKey().verify(MESSAGE, twisted), "which that provider would accept");
    }

    @Test
    void aJavaWithoutItsOwnEd25519IsNamed() {
        Security.removeProvider("SunEC");
        assertEquals(
                "the Ed25519 of provider SunEC, part of Java since 15, failed: no such provider: SunEC",
                assertThrows(
                                IllegalStateException.class,
                                () -> new Ed25519PrivateKey(SEED, new JdkEd25519()).publicKey())
                        .getMessage());
        Ed25519PrivateKey key = new Ed25519PrivateKey(SEED, new BouncyCastleEd25519());
        assertTrue(key.publicKey().verify(MESSAGE, key.sign(MESSAGE)), "Bouncy Castle needs no provider");
    }
}
