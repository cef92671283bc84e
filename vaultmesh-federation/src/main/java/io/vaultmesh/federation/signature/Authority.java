package io.vaultmesh.federation.signature;

import java.util.Locale;
import java.util.regex.Pattern;

/** The canonical {@code @authority} (RFC 9421 §2.2.3): in lower case, without a default port. */
final class Authority {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[1-9][0-9]{0,4})?");

    private Authority() {}

    /**
     * Removes the default port of either scheme, as a server behind a proxy doesn't know which one it was asked by. What
     * that leaves undecided is whether port 80 or 443 of a host was meant.
     *
     * @throws IllegalArgumentException if it is no {@code host} or {@code host:port}
     */
    static String canonical(String authority) {
        if (!FORM.matcher(authority).matches()) {
            throw new IllegalArgumentException(
                    "authority is " + Printable.shown(authority) + ", expected host or host:port");
        }
        String lower = authority.toLowerCase(Locale.ROOT);
        for (String port : new String[] {":80", ":443"}) {
            if (lower.endsWith(port)) {
                return lower.substring(0, lower.length() - port.length());
            }
        }
        return lower;
    }
}
