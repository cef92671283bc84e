package io.vaultmesh.federation.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private static final String METADATA = "169.254.169.254";

    private static Addresses.Resolver standingFor(String... literals) {
        return host -> {
            InetAddress[] all = new InetAddress[literals.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(literals[i]);
            }
            return all;
        };
    }

    private static void isRefused(String host, String... literals) {
        IOException refused = assertThrows(IOException.class, () -> {
            List<InetAddress> unused = Addresses.of(host, standingFor(literals));
        });
        assertTrue(String.valueOf(refused.getMessage()).contains("stands for no address that may be asked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                METADATA,
                "169.254.0.1",
                "fe80::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "100.100.100.200",
                "192.0.0.192",
                "224.0.0.1",
                "255.255.255.255",
                "ff02::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "127.0.0.1",
                "127.1.2.3",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "::169.254.169.254",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a9fe:a9fe",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1"
            })
    void thatAPeerElsewhereHasNoneOf(String address) {
        isRefused("peer.example", address);
        isRefused("peer.example", address, address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1", "10.1.2.3", "2001:db8::1", "fd12:3456::1", "64:ff9b::c000:201", "2002:c000:201::"})
    void thatAPeerMayHave(String address) throws IOException {
        InetAddress expected = InetAddress.getByName(address);
        assertEquals(List.of(expected), Addresses.of("peer.example", standingFor(address)));
        assertEquals(List.of(expected), Addresses.of("peer.example", standingFor(METADATA, address, "127.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.0.0.2", "[::1]"})
    void ofThisMachineAreAskedIfAPeerIsConfiguredToBeHere(String host) throws IOException {
        assertEquals(
                List.of(InetAddress.getByName("127.0.0.1")), Addresses.of(host, standingFor("127.0.0.1", METADATA)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "localhost.example", "127.0.0.1.example", "[2001:db8::1]"})
    void ofThisMachineAreNotAskedOtherwise(String host) {
        isRefused(host, "127.0.0.1", "::1");
    }

    @Test
    void thatAreLinkLocalAreRefusedEvenIfConfigured() {
        isRefused(METADATA, METADATA);
        isRefused("[fe80::1]", "fe80::1");
        isRefused("localhost", METADATA);
    }

    @Test
    void thatAreNoneAreRefused() {
        isRefused("peer.example");
    }
}
