package io.vaultmesh.remembrancer.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The stored files that others made; see the README beside them. */
final class Vectors {

    static final String SOVEREIGN = "297BE5B308041DEFF3EFE4BD6E4082C6A410F340";

    private Vectors() {}

    static byte[] read(String name) {
        try (InputStream stream = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PgpKeyring pinned(String certificate, String fingerprint) {
        return PgpKeyring.empty().pin(PgpFingerprint.parse(fingerprint), PgpCertificate.parse(read(certificate)));
    }

    static PgpKeyring sovereign() {
        return pinned("original/sovereign-297BE5B3.pub.pgp", SOVEREIGN);
    }
}
