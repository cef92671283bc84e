package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Artifacts and seals by the command, checked by gpg, openssl and git. */
class ArtifactVerbsTest extends SigningFixture {

    @Test
    void gpgAndOpensslVerifyWhatAttestMakes() throws IOException {
        pinBoth();
        Run run = run("attest", "--authority", authority).good();
        Expect.contains(run.out(), "PASS        signature 1", "holds: " + jar);
        OutsideProgram openssl = OutsideProgram.require("openssl");
        Path rootFile = directory.resolve("root.pem");
        Files.writeString(rootFile, Fetched.text(URI.create(authority)));
        for (String stamped : List.of("ledger.jar", "ledger.jar.asc")) {
            String said = openssl.run(
                            directory,
                            "ts",
                            "-verify",
                            "-data",
                            stamped,
                            "-in",
                            stamped + ".tsr",
                            "-CAfile",
                            "root.pem")
                    .orFail();
            Expect.contains(said, "Verification: OK");
        }
        Path home = Files.createDirectory(
                directory.resolve("g"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        OutsideProgram gpg = OutsideProgram.require("gpg").env("GNUPGHOME", home.toString());
        gpg.run(directory, "--batch", "--import", certificate().toString()).orFail();
        String status = gpg.run(directory, "--batch", "--status-fd", "1", "--verify", jar + ".asc", jar.toString())
                .orFail();
        Expect.contains(status, "[GNUPG:] GOODSIG", "[GNUPG:] VALIDSIG " + fingerprint());
        Files.writeString(jar, "another program");
        assertFalse(gpg.run(directory, "--batch", "--verify", jar + ".asc", jar.toString())
                        .exit()
                == 0);
    }

    @Test
    void verifyHoldsOnlyForASignatureByAPinnedKeyOverTheseBytes() throws IOException {
        signed().good();
        Object[] verify = {"artifact", "verify", jar, "--memory", memory};
        Expect.contains(Run.of(verify).failed(ExitCode.REFUTED).err(), "is refuted");
        Run.of("trust", "pin", "--openpgp", certificate(), "--purpose", "releases", "--memory", memory)
                .good();
        Expect.starts(Run.of(verify).good().out(), "holds: " + jar);
        JsonObject json = Expect.json(Run.of("artifact", "verify", jar, "--memory", memory, "--json"));
        Expect.members(json, "artifact", "digest", "trust", "holds");
        Files.writeString(jar, "another program");
        Run.of(verify).failed(ExitCode.REFUTED);
    }

    @Test
    void verifyFullShowsEveryCheckAndAsksForWhatItIsTold() {
        pinBoth();
        signed().good();
        Object[] plain = {"artifact", "verify-full", jar, "--memory", memory, "--json"};
        JsonObject json = Expect.json(Run.of(plain));
        Expect.members(json, "artifact", "digest", "trust", "holds", "checks");
        assertTrue(json.array("checks").objects().size() >= 6, json.toString());
        Run stamps = Run.of("artifact", "verify-full", jar, "--memory", memory, "--timestamps", "--json");
        assertEquals(ExitCode.REFUTED, stamps.code());
        Expect.members(Expect.object(stamps.out().strip()), "artifact", "digest", "trust", "holds", "checks", "reason");
        for (String[] more : new String[][] {{"--signers", "2"}, {"--witnesses", "1"}}) {
            Run run = Run.of("artifact", "verify-full", jar, "--memory", memory, more[0], more[1]);
            assertEquals(ExitCode.REFUTED, run.code(), run.out());
            Expect.contains(run.out(), "refuted: ");
        }
        Run.of("artifact", "verify-full", jar, "--memory", memory, "--signers", "-1")
                .failed(ExitCode.USAGE);
    }

    @Test
    void signAndTimestampHaveJson() {
        pinBoth();
        JsonObject signature = Expect.json(signed("--json"));
        Expect.members(signature, "signature", "signer", "id", "index");
        assertEquals(fingerprint(), signature.string("signer"));
        Run stamped = Run.of("artifact", "timestamp", jar, "--memory", memory, "--authority", authority, "--json")
                .good();
        List<JsonObject> stamps = stamped.out().lines().map(Expect::object).toList();
        assertEquals(
                List.of("ledger.jar", "ledger.jar.asc"),
                stamps.stream().map(stamp -> stamp.string("stamped")).toList());
        stamps.forEach(stamp -> Expect.members(stamp, "stamped", "time", "id", "index"));
        assertTrue(Instant.parse(stamps.get(0).string("time")).isAfter(Instant.EPOCH));
    }

    @Test
    void badInputOfArtifactsIsNamed() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "wrong\n");
        Expect.contains(
                Run.of("artifact", "sign", jar, "--memory", memory, "--key", key, "--passphrase-file", wrong)
                        .failed(ExitCode.USAGE)
                        .err(),
                "release.asc: ",
                "passphrase");
        Expect.contains(
                Run.of("artifact", "sign", jar, "--memory", memory, "--key", key)
                        .failed(ExitCode.USAGE)
                        .err(),
                "there is no terminal",
                "--passphrase-file");
        Expect.contains(
                Run.of("artifact", "sign", jar, "--memory", memory, "--key", jar, "--passphrase-file", pass)
                        .failed(ExitCode.USAGE)
                        .err(),
                "ledger.jar: ");
        Path none = directory.resolve("none");
        Expect.contains(
                Run.of("artifact", "verify", none, "--memory", memory)
                        .failed(ExitCode.USAGE)
                        .err(),
                "none is not there, expected a file");
        Run.of("artifact", "verify", jar, "--memory", none).failed(ExitCode.USAGE);
        assertFalse(Files.exists(none));
        Run.of("artifact", "verify", jar, "--memory", memory, "--namespace", "dao:none")
                .failed(ExitCode.USAGE);
        Run unpinned = run("attest", "--authority", authority).failed(ExitCode.ENVIRONMENT);
        Expect.contains(unpinned.err(), "no authority's root is pinned");
        pinBoth();
        Run.of("artifact", "timestamp", jar, "--memory", memory, "--authority", "http://127.0.0.1:1/")
                .failed(ExitCode.ENVIRONMENT);
    }

    @Test
    void sealedRevisionIsTheArchiveThatGitMakes() throws IOException {
        pinBoth();
        Path repository = Files.createDirectory(directory.resolve("repository"));
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_").env("GIT_CONFIG_GLOBAL", "/dev/null");
        git.run(repository, "init", "-q").orFail();
        Files.writeString(repository.resolve("a"), "a\n");
        git.run(repository, "add", "a").orFail();
        git.run(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "first")
                .orFail();
        String commit = git.run(repository, "rev-parse", "HEAD").orFail().strip();
        Path seals = Files.createDirectory(directory.resolve("seals"));
        Run sealed = Run.of(
                "genesis",
                "seal",
                "--repository",
                repository,
                "--into",
                seals,
                "--memory",
                memory,
                "--key",
                key,
                "--passphrase-file",
                pass,
                "--authority",
                authority);
        assertEquals(commit, sealed.good().value("commit"));
        Path archive = seals.resolve("genesis-" + commit + ".tar");
        Path gits = directory.resolve("git.tar");
        git.run(repository, "-c", "tar.umask=0022", "archive", "--format=tar", "-o", gits.toString(), commit)
                .orFail();
        assertEquals(-1, Files.mismatch(archive, gits));
        JsonObject json = Expect.json(Run.of("genesis", "verify", archive, "--memory", memory, "--json"));
        Expect.members(json, "artifact", "commit", "digest", "trust", "holds", "checks");
        assertEquals(commit, json.string("commit"));
        // attested, but no seal of a revision
        run("attest", "--authority", authority).good();
        Run other = Run.of("genesis", "verify", jar, "--memory", memory).failed(ExitCode.REFUTED);
        Expect.contains(other.err(), "no revision was sealed");
        Files.writeString(archive, "x");
        Run.of("genesis", "verify", archive, "--memory", memory).failed(ExitCode.REFUTED);
        Run.of(
                        "genesis",
                        "seal",
                        "--repository",
                        repository,
                        "--revision",
                        "none",
                        "--into",
                        seals,
                        "--memory",
                        memory,
                        "--key",
                        key,
                        "--passphrase-file",
                        pass,
                        "--authority",
                        authority)
                .failed(ExitCode.ENVIRONMENT);
    }
}
