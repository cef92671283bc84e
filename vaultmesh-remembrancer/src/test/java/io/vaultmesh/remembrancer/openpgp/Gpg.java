package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.build.OutsideProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** GnuPG in a home of its own, whose clock stands still. */
final class Gpg implements AutoCloseable {

    /** What protects the keys that it makes with a passphrase. */
    static final String PASSPHRASE = "correct pässphrase";

    private final OutsideProgram gpg = OutsideProgram.require("gpg");
    private final Path home;

    Gpg() throws IOException {
        // of its own, not below the test's directory: the agent's sockets may have no more than 108 characters
        home = Files.createTempDirectory(
                "vm", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // else the agent first measures how much hashing takes a tenth of a second, and then does it for each key
        var unused = file("gpg-agent.conf", "s2k-count 65536\n");
    }

    Path home() {
        return home;
    }

    Path file(String name, byte[] content) throws IOException {
        return Files.write(home.resolve(name), content);
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(home.resolve(name), content);
    }

    OutsideProgram.Result run(Instant at, String... arguments) {
        return runWith("", at, arguments);
    }

    OutsideProgram.Result runWith(String passphrase, Instant at, String... arguments) {
        String clock = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss")
                .withZone(ZoneOffset.UTC)
                .format(at);
        List<String> all = new ArrayList<>(List.of(
                "--no-tty",
                "--yes",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                passphrase,
                "--trust-model",
                "always",
                "--no-auto-check-trustdb",
                "--faked-system-time",
                clock + "!"));
        all.addAll(List.of(arguments));
        return gpg.withoutEnv("LANG", "LC_", "GPG")
                .env("LC_ALL", "C.UTF-8")
                .env("GNUPGHOME", home.toString())
                .run(home, all.toArray(String[]::new));
    }

    /** Makes a key and gives its fingerprint. */
    PgpFingerprint generate(Instant at, String passphrase, String name, String algorithm, String usage) {
        var unused = runWith(passphrase, at, "--batch", "--quick-generate-key", name, algorithm, usage, "1y")
                .orFail();
        return fingerprint(name);
    }

    PgpFingerprint fingerprint(String name) {
        return run(Instant.EPOCH.plusSeconds(1_800_000_000L), "--batch", "--with-colons", "--list-keys", "=" + name)
                .orFail()
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .map(line -> PgpFingerprint.parse(line.split(":")[9]))
                .findFirst()
                .orElseThrow();
    }

    PgpCertificate certificate(Instant at, PgpFingerprint key) {
        return PgpCertificate.parse(
                run(at, "--batch", "--armor", "--export", key.hex()).orFail().getBytes(US_ASCII));
    }

    PgpSignature sign(Instant at, String passphrase, PgpFingerprint key, Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--batch", "--armor", "--local-user", key.hex()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--output", file + ".gpg.asc", "--detach-sign", file.toString()));
        var unused = runWith(passphrase, at, arguments.toArray(String[]::new)).orFail();
        return PgpSignature.read(Path.of(file + ".gpg.asc"));
    }

    /** What it says of a signature, for programs: lines that start with [GNUPG:]. */
    OutsideProgram.Result verify(Instant at, Path signature, Path data) {
        return run(at, "--batch", "--status-fd", "1", "--verify", signature.toString(), data.toString());
    }

    /** Ends the agent that it started, and leaves nothing behind. */
    @Override
    public void close() throws IOException {
        var unused = OutsideProgram.require("sh")
                .env("GNUPGHOME", home.toString())
                .run(home, "-c", "gpgconf --kill all")
                .orFail();
        List<Path> files = new ArrayList<>();
        try (var walk = Files.walk(home)) {
            walk.forEach(files::add);
        }
        for (int i = files.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(files.get(i)); // the agent removes its sockets at the same time
        }
    }
}
