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
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keys, trust and the authority for development, by the command; gpg reads the keys. */
class TrustVerbsTest extends SigningFixture {

    @Test
    void keyNewMakesAFileThatOnlyItsOwnerReadsAndGpgImports() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        Path home = Files.createTempDirectory( // the agent's sockets may have no more than 108 characters
                "vm", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        OutsideProgram gpg = OutsideProgram.require("gpg").env("GNUPGHOME", home.toString());
        try {
            gpg.run(
                            directory,
                            "--batch",
                            "--pinentry-mode",
                            "loopback",
                            "--passphrase",
                            "pässwörd",
                            "--import",
                            key.toString())
                    .orFail();
            String listed = gpg.run(directory, "--batch", "--with-colons", "--list-secret-keys")
                    .orFail();
            Expect.contains(listed, "fpr:::::::::" + fingerprint() + ":", "Releases <r@example.com>");
        } finally {
            OutsideProgram.require("sh")
                    .env("GNUPGHOME", home.toString())
                    .run(directory, "-c", "gpgconf --kill all; rm -rf \"$GNUPGHOME\"")
                    .orFail();
        }
    }

    @Test
    void keyNewOverwritesNothingAndNamesWhatIsWrong() throws IOException {
        byte[] before = Files.readAllBytes(key);
        Run again = Run.of("key", "new", key, "--user-id", "X", "--passphrase-file", pass)
                .failed(ExitCode.ENVIRONMENT);
        Expect.contains(again.err(), "release.asc exists");
        assertEquals(List.of(before.length), List.of(Files.readAllBytes(key).length));
        Path empty = Files.createFile(directory.resolve("empty"));
        Path fresh = directory.resolve("fresh");
        Object[][] mistakes = {
            {"--user-id", "X", "--passphrase-file", empty},
            {"--user-id", " ", "--passphrase-file", pass},
            {"--user-id", "X", "--passphrase-file", pass, "--rsa", "1024"},
            {"--user-id", "X", "--passphrase-file", pass, "--valid-days", "0"},
            {"--user-id", "X", "--passphrase-file", pass, "--valid-days", "49711"},
            {"--user-id", "X", "--passphrase-file", pass, "--valid-days", Long.toString(Long.MAX_VALUE)},
            {"--user-id", "X"},
            {"--passphrase-file", pass}
        };
        for (Object[] mistake : mistakes) {
            Object[] args = new Object[3 + mistake.length];
            System.arraycopy(new Object[] {"key", "new", fresh}, 0, args, 0, 3);
            System.arraycopy(mistake, 0, args, 3, mistake.length);
            Run run = Run.of(args).failed(ExitCode.USAGE);
            if (List.of(mistake).contains("--valid-days")) {
                Expect.contains(run.err(), "--valid-days is ", "expected from 1 to 49710");
            }
            assertFalse(Files.exists(fresh));
        }
    }

    @Test
    void keyIsValidForAsLongAsOpenPgpCanSay() {
        Path fresh = directory.resolve("fresh");
        Run.of("key", "new", fresh, "--user-id", "X", "--passphrase-file", pass, "--valid-days", "49710")
                .good();
    }

    @Test
    void keysOfAMemoryAreListed() {
        Run run = Run.of("key", "list", "--memory", memory, "--json").good();
        List<JsonObject> keys = run.out().lines().map(Expect::object).toList();
        keys.forEach(each -> Expect.members(each, "role", "key"));
        assertEquals(
                List.of("author", "log", "transport"),
                keys.stream().map(each -> each.string("role")).toList());
        assertEquals(
                Run.of("audit", "root", "--memory", memory).good().value("vkey"),
                keys.get(1).string("key"));
        Expect.starts(keys.get(2).string("key"), "did:key:z6Mk");
        assertEquals(
                keys.get(0).string("key"),
                Run.of("key", "list", "--memory", memory).good().value("author"));
    }

    @Test
    void authorityWithAnotherFingerprintIsNotPinned() {
        String other = "0".repeat(64);
        Run run = Run.of("trust", "pin-tsa", authority, "--expect", other, "--memory", memory)
                .failed(ExitCode.REFUTED);
        Expect.contains(run.err(), "fingerprint " + root, "it is not pinned");
        assertEquals("", Run.of("trust", "list", "--memory", memory).good().out());
        Run.of("trust", "pin-tsa", authority, "--expect", "abc", "--memory", memory)
                .failed(ExitCode.USAGE);
        Run.of("trust", "pin-tsa", "file:///etc/passwd", "--expect", root, "--memory", memory)
                .failed(ExitCode.USAGE);
        String colons = root.replaceAll("(..)(?=.)", "$1:").toUpperCase(Locale.ROOT);
        Run.of("trust", "pin-tsa", authority, "--expect", colons, "--memory", memory)
                .good();
        Expect.contains(Run.of("trust", "list", "--memory", memory).good().out(), "timestamps of 127.0.0.1");
    }

    @Test
    void everyKindOfKeyIsPinnedAndListed() throws IOException {
        String vkey = Run.of("audit", "root", "--memory", memory).good().value("vkey");
        String did = Run.of("key", "list", "--memory", memory).good().value("transport");
        Path rootFile = Files.writeString(directory.resolve("root.pem"), Fetched.text(URI.create(authority)));
        Object[][] keys = {{"--openpgp", certificate()}, {"--tsa", rootFile}, {"--log", vkey}, {"--peer", did}};
        for (Object[] each : keys) {
            JsonObject json = Expect.json(Run.of(
                    "trust",
                    "pin",
                    each[0],
                    each[1],
                    "--purpose",
                    "tests",
                    "--memory",
                    memory,
                    "--json",
                    "--until",
                    "2099-01-01T00:00:00Z"));
            Expect.members(json, "change", "pin", "id", "index");
        }
        List<JsonObject> listed = Run.of("trust", "list", "--memory", memory, "--json")
                .good()
                .out()
                .lines()
                .map(Expect::object)
                .toList();
        listed.forEach(pin -> Expect.members(pin, "type", "id", "key", "purpose", "policies", "strict", "until"));
        assertEquals(
                List.of("log", "openpgp", "peer", "tsa"),
                listed.stream().map(pin -> pin.string("type")).sorted().toList());
        Object[][] mistakes = {
            {"--purpose", "p"},
            {"--log", vkey, "--peer", did, "--purpose", "p"},
            {"--log", "x", "--purpose", "p"},
            {"--openpgp", jar, "--purpose", "p"},
            {"--peer", did, "--purpose", "p", "--until", "tomorrow"},
            {"--peer", did, "--purpose", "p", "--from", "2099-02-29"},
            {"--peer", did, "--purpose", "p", "--from", "2099-01-01T00:00Z"}
        };
        for (Object[] mistake : mistakes) {
            Object[] args = new Object[4 + mistake.length];
            System.arraycopy(new Object[] {"trust", "pin", "--memory", memory}, 0, args, 0, 4);
            System.arraycopy(mistake, 0, args, 4, mistake.length);
            Run.of(args).failed(ExitCode.USAGE);
        }
    }

    @Test
    void revokedKeyVouchesForNothingWithoutAnOlderTimestamp() {
        pinBoth();
        signed().good();
        String pin = "openpgp:" + fingerprint();
        Object[] verify = {"artifact", "verify", jar, "--memory", memory};
        Run.of(verify).good();
        Run.of("trust", "revoke", pin, "--since", "2026-01-01T00:00:00Z", "--memory", memory)
                .good();
        Run.of(verify).failed(ExitCode.REFUTED);
        Expect.contains(Run.of("trust", "list", "--memory", memory).good().out(), "COMPROMISED since 2026-01-01");
        Run.of("trust", "revoke", "openpgp:none", "--memory", memory).failed(ExitCode.USAGE);
    }

    @Test
    void rotatedKeySignsFromThenOn() throws IOException {
        pinBoth();
        Path next = directory.resolve("next.asc");
        Path pass2 = Files.writeString(directory.resolve("pass2"), "another");
        Run.of("key", "new", next, "--user-id", "Next", "--passphrase-file", pass2)
                .good();
        Object[] rotate = {
            "trust",
            "rotate",
            "--old",
            key,
            "--new",
            next,
            "--passphrase-file",
            pass,
            "--new-passphrase-file",
            pass2,
            "--memory",
            memory
        };
        Run.of(rotate).good();
        assertEquals(
                3,
                Run.of("trust", "list", "--memory", memory).good().out().lines().count());
        Run.of(rotate).failed(ExitCode.USAGE);
    }

    @Test
    void authoritySaysThatItIsForDevelopmentAndKeepsItsRootInADirectory() throws IOException {
        Expect.starts(tsa.value("note"), "for development only");
        Path kept = directory.resolve("tsa");
        String first;
        try (Running serving = Running.of("tsa", "serve", "--dir", kept, "--json")) {
            JsonObject json = Expect.members(Expect.object(serving.line()), "address", "root", "policy", "development");
            assertTrue(json.bool("development"));
            first = json.string("root");
        }
        try (Running serving = Running.of("tsa", "serve", "--dir", kept)) {
            assertEquals(first, serving.value("root"));
        }
        Run.of("tsa", "serve", "--dir", memory).failed(ExitCode.USAGE);
    }
}
