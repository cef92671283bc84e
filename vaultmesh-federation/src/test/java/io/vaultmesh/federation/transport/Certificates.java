package io.vaultmesh.federation.transport;

import io.vaultmesh.build.OutsideProgram;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority that OpenSSL makes for a test. */
final class Certificates {

    private static final String PASSWORD = "secret of a test";

    private final OutsideProgram openssl;
    private final Path directory;

    private Certificates(OutsideProgram openssl, Path directory) {
        this.openssl = openssl;
        this.directory = directory;
    }

    static Certificates of(OutsideProgram openssl, Path parent, String name) throws Exception {
        Certificates made = new Certificates(openssl, Files.createDirectory(parent.resolve(name)));
        made.run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout ca.key -out ca.pem -subj"
                + " /CN=" + name);
        return made;
    }

    private void run(String arguments) {
        String unused = openssl.run(directory, arguments.split(" ")).orFail();
    }

    /** Has a certificate for names, and trusts whoever this authority gave one. */
    SSLContext context(String file, String names) throws Exception {
        run("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + file + ".key -out " + file
                + ".csr -subj /CN=" + file);
        Files.writeString(directory.resolve(file + ".ext"), "subjectAltName=" + names + "\n");
        run("x509 -req -in " + file + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile " + file
                + ".ext -out " + file + ".pem");
        Files.writeString(directory.resolve("password"), PASSWORD);
        run("pkcs12 -export -inkey " + file + ".key -in " + file + ".pem -certfile ca.pem -passout file:password -out "
                + file + ".p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(file + ".p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        return context(factory.getKeyManagers());
    }

    /** Trusts whoever this authority gave a certificate, and has none. */
    SSLContext trusting() throws Exception {
        return context(new KeyManager[0]);
    }

    private SSLContext context(KeyManager[] keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(directory.resolve("ca.pem"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, factory.getTrustManagers(), null);
        return context;
    }
}
