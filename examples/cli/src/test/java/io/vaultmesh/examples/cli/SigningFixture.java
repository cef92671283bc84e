package io.vaultmesh.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A memory with one deployment, a key that signs, and an authority that stamps: none of them is pinned yet. */
abstract class SigningFixture {

    @TempDir
    Path directory;

    Path memory;
    Path jar;
    Path key;
    Path pass;
    Running tsa;
    String authority;
    String root;

    @BeforeEach
    void aMemoryWithADeploymentAKeyAndAnAuthority() throws IOException {
        memory = directory.resolve("memory");
        jar = Files.writeString(directory.resolve("ledger.jar"), "a program");
        key = directory.resolve("release.asc");
        pass = Files.writeString(directory.resolve("pass"), "pässwörd\nnot this line\n");
        Run.deploy(memory, jar);
        Run.of("key", "new", key, "--user-id", "Releases <r@example.com>", "--passphrase-file", pass)
                .good();
        tsa = Running.of("tsa", "serve");
        authority = tsa.value("serving");
        root = tsa.value("root");
    }

    @AfterEach
    void endTheAuthority() throws IOException {
        tsa.close();
    }

    Path certificate() {
        Path certificate = directory.resolve("release.pub.asc");
        if (!Files.exists(certificate)) {
            Run.of("key", "export", key, "--passphrase-file", pass, "--out", certificate)
                    .good();
        }
        return certificate;
    }

    void pinBoth() {
        Run.of("trust", "pin", "--openpgp", certificate(), "--purpose", "releases", "--memory", memory)
                .good();
        Run.of("trust", "pin-tsa", authority, "--expect", root, "--memory", memory)
                .good();
    }

    Run signed(Object... more) {
        return run("sign", more);
    }

    Run run(String verb, Object... more) {
        Object[] args = new Object[9 + more.length];
        List<Object> first =
                List.of("artifact", verb, jar, "--memory", memory, "--key", key, "--passphrase-file", pass);
        for (int i = 0; i < args.length; i++) {
            args[i] = i < first.size() ? first.get(i) : more[i - first.size()];
        }
        return Run.of(args);
    }

    String fingerprint() {
        return Expect.json(Run.of("key", "export", key, "--passphrase-file", pass, "--json"))
                .string("fingerprint");
    }
}
