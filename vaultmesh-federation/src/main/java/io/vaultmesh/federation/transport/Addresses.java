package io.vaultmesh.federation.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses a peer's name may stand for. What was checked is what is connected to: the name is resolved once for a
 * connection, so that it can't mean something else the second time.
 */
final class Addresses {

    /** Where names are looked up. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws IOException;
    }

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};
    private static final byte[] NAT64_LOCAL = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1}; // RFC 8215
    private static final byte[] IPV4_COMPATIBLE = new byte[12];
    // where clouds tell a machine its secrets, beside link-local addresses
    private static final List<byte[]> METADATA = List.of(
            new byte[] {(byte) 0xfd, 0, 0x0e, (byte) 0xc2}, // fd00:ec2::/32
            new byte[] {(byte) 0xfd, 0x20, 0, (byte) 0xce}, // fd20:ce::/32
            new byte[] {100, 100, 100, (byte) 200},
            new byte[] {(byte) 192, 0, 0, (byte) 192});

    private Addresses() {}

    /** The addresses of a host to which one may connect; at least one. */
    static List<InetAddress> of(String host, Resolver resolver) throws IOException {
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        boolean local = plain.equals("localhost")
                || (plain.matches("[0-9.]+|.*:.*")
                        && InetAddress.getByName(plain).isLoopbackAddress());
        List<InetAddress> allowed = new ArrayList<>();
        for (InetAddress address : resolver.resolve(plain)) {
            if (mayBeAsked(address) && (local || !address.isLoopbackAddress())) {
                allowed.add(address);
            }
        }
        if (allowed.isEmpty()) {
            throw new IOException(host.toLowerCase(Locale.ROOT)
                    + " stands for no address that may be asked: none that is link-local, multicast or unspecified, nor"
                    + " loopback unless it is called so");
        }
        return allowed;
    }

    private static boolean mayBeAsked(InetAddress address) throws IOException {
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        if (METADATA.stream().anyMatch(prefix -> beginsWith(bytes, prefix))) {
            return false;
        }
        if (address instanceof Inet4Address) {
            return bytes[0] != 0 && bytes[0] != (byte) 255;
        }
        if (address.isLoopbackAddress()) {
            return true; // if it is called so
        }
        if (beginsWith(bytes, NAT64) || beginsWith(bytes, NAT64_LOCAL) || beginsWith(bytes, IPV4_COMPATIBLE)) {
            return isPlain(Arrays.copyOfRange(bytes, 12, 16));
        }
        return !beginsWith(bytes, SIX_TO_FOUR) || isPlain(Arrays.copyOfRange(bytes, 2, 6));
    }

    /** Whether an IPv4 address that an IPv6 one leads to may be asked, and isn't this machine. */
    private static boolean isPlain(byte[] ipv4) throws IOException {
        InetAddress inner = InetAddress.getByAddress(ipv4);
        return mayBeAsked(inner) && !inner.isLoopbackAddress();
    }

    private static boolean beginsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
