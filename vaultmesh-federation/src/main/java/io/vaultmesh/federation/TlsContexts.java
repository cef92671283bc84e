package io.vaultmesh.federation;

import io.vaultmesh.federation.config.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads a node's certificate, and whom it trusts. */
final class TlsContexts {

    private TlsContexts() {}

    /** Of a keystore whose password stands in a file, on its first line. */
    static SSLContext of(Tls tls) {
        Path file = tls.passwordFile()
                .orElseThrow(
                        () -> new IllegalArgumentException("tls has no password file, expected one, or that the caller"
                                + " reads " + tls.keystore() + " and gives it by http(HttpSettings)"));
        try {
            return read(
                    tls.keystore(),
                    Files.readString(file).lines().findFirst().orElse("").toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + " or " + tls.keystore() + ": " + e, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(tls.keystore() + " can't be used: " + e.getMessage(), e);
        }
    }

    private static SSLContext read(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted(store));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** The authorities that are in the keystore; those of the JDK if there are none. */
    private static @Nullable KeyStore trusted(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                return store;
            }
        }
        return null;
    }
}
