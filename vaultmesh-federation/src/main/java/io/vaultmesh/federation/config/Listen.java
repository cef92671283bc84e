package io.vaultmesh.federation.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a node listens. Immutable and thread-safe.
 *
 * @param host a name or an address of this machine; an IPv6 address without brackets
 * @param port the TCP port, 1 to 65535
 */
public record Listen(String host, int port) {

    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.-]{0,253}|[0-9A-Fa-f:.]{2,45}");

    /**
     * Creates it.
     *
     * @param host a name or an address of this machine; an IPv6 address without brackets
     * @param port the TCP port, 1 to 65535
     * @throws IllegalArgumentException if either is none
     */
    public Listen {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("host is " + Place.shown(host) + ", expected a name or an address");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", expected 1 to 65535");
        }
    }

    /** Whether the host stands for all addresses, so that nobody asks under this name. */
    boolean isAny() {
        return host.equals("0.0.0.0") || host.matches("[0:]+");
    }

    /** The authority of a URL that leads here: {@code host:port}, in lower case, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        String name = host.toLowerCase(Locale.ROOT);
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
}
