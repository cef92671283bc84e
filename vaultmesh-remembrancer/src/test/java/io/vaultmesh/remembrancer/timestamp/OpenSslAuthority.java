package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.build.OutsideProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority that OpenSSL runs, with certificates that OpenSSL makes. */
final class OpenSslAuthority {

    static final String POLICY = "1.3.6.1.4.1.99999.1.1";

    private final OutsideProgram openssl = OutsideProgram.require("openssl");
    private final Path directory;

    OpenSslAuthority(Path directory, boolean rsa, int essVersion) throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("leaf.ext"), """
                basicConstraints=critical,CA:FALSE
                keyUsage=critical,digitalSignature
                extendedKeyUsage=critical,timeStamping
                """);
        Files.writeString(directory.resolve("serial"), "01\n");
        Files.writeString(directory.resolve("tsa.cnf"), """
                [tsa]
                default_tsa=one
                [one]
                serial=serial
                crypto_device=builtin
                signer_cert=leaf.pem
                certs=root.pem
                signer_key=leaf.key
                signer_digest=sha256
                default_policy=%s
                digests=sha256
                accuracy=secs:1, millisecs:500, microsecs:100
                ordering=yes
                tsa_name=yes
                ess_cert_id_alg=%s
                """.formatted(POLICY, essVersion == 1 ? "sha1" : "sha256"));
        run(with(
                false,
                "req -x509 -nodes -keyout root.key -out root.pem -days 30 -subj /O=VM/CN=Root"
                        + " -addext keyUsage=critical,keyCertSign"));
        run(with(rsa, "req -nodes -keyout leaf.key -out leaf.csr -subj /O=VM/CN=TSA"));
        run(
                "x509",
                "-req",
                "-in",
                "leaf.csr",
                "-CA",
                "root.pem",
                "-CAkey",
                "root.key",
                "-CAcreateserial",
                "-days",
                "20",
                "-extfile",
                "leaf.ext",
                "-out",
                "leaf.pem");
    }

    private static String[] with(boolean rsa, String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(
                rsa ? List.of("-newkey", "rsa:2048") : List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"));
        return arguments.toArray(String[]::new);
    }

    private void run(String... arguments) {
        String unused = openssl.run(directory, arguments).orFail();
    }

    TimestampAnchor pin() throws IOException {
        return TimestampAnchor.of(Files.readAllBytes(directory.resolve("root.pem")));
    }

    byte[] respond(byte[] request) throws IOException {
        Files.write(directory.resolve("request.tsq"), request);
        run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request.tsq", "-out", "response.tsr");
        return Files.readAllBytes(directory.resolve("response.tsr"));
    }
}
