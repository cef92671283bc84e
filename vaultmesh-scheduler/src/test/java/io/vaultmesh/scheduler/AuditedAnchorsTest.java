package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.SchedulerFixture.anchors;
import static io.vaultmesh.scheduler.SchedulerFixture.attestation;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import io.vaultmesh.remembrancer.memory.AnchorRecord;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.FileAnchor;
import io.vaultmesh.scheduler.anchor.GitAnchor;
import io.vaultmesh.scheduler.anchor.OpenSslTsa;
import io.vaultmesh.scheduler.anchor.Rfc3161Anchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an audit of a memory says of the anchors that a scheduler recorded in it. */
@Timeout(60)
class AuditedAnchorsTest {

    @TempDir
    Path directory;

    private final SchedulerFixture fixture = new SchedulerFixture();
    private Remembrancer memory;
    private Namespace main;

    @BeforeEach
    void open() {
        memory = fixture.memory(directory.resolve("memory"));
        main = memory.namespace("main");
        record(main, "one");
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void anchor(Remembrancer in, Anchor... targets) {
        try (Scheduler scheduler = fixture.scheduler(in)
                .namespace("main", cadence -> cadence.fast("1h", targets))
                .build()) {
            assertEquals(3 * targets.length, scheduler.tick().size());
        }
    }

    private Report audit(Anchor... targets) {
        AuditOptions options = AuditOptions.defaults();
        for (Anchor target : targets) {
            options = options.verifier(target);
        }
        return memory.verifyAudit(options);
    }

    private static List<String> failures(Report report) {
        return report.checks(Outcome.FAIL).stream()
                .map(check -> check.name() + ": " + check.detail())
                .toList();
    }

    @Test
    void aFileOfWhichALineIsGoneFails() throws IOException {
        Path file = directory.resolve("checkpoints");
        FileAnchor target = FileAnchor.of("file:usb", file, fixture.clock);
        anchor(memory, target);
        Report report = audit(target);
        assertTrue(report.passed(), report::toText);
        assertEquals(
                "this log continues what is anchored, which is published: {file:usb=1}",
                report.check("main: anchors").map(Check::detail).orElseThrow());
        Files.writeString(file, "");
        assertEquals(
                List.of("main: entry 1: size 1 is not published in file:usb: Missing[state=the line is not in " + file
                        + "]"),
                failures(audit(target)));
        Files.delete(file);
        assertEquals(1, failures(audit(target)).size());
    }

    @Test
    void aBranchThatWasResetFails() {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        String unused = git.run(directory, "init", "-q", "--bare", "repository").orFail();
        Path repository = directory.resolve("repository");
        GitAnchor target = GitAnchor.of("git:transparency", repository, "anchors", fixture.clock);
        anchor(memory, target);
        Report report = audit(target);
        assertTrue(report.passed(), report::toText);
        Attestation attestation = attestation(main, anchors(main).get(0), target);
        String shown = git.run(
                        repository, "show", "anchors:" + attestation.evidence().string("path"))
                .orFail();
        assertEquals(attestation.note().toText(), shown);
        String deleted =
                git.run(repository, "update-ref", "-d", "refs/heads/anchors").orFail();
        List<String> failures = failures(audit(target));
        assertEquals(1, failures.size());
        assertTrue(
                failures.get(0).startsWith("main: entry 1: size 1 is not published in git:transparency: Missing"),
                failures::toString);
    }

    @Test
    void aTargetThatTheAuditDoesNotKnowIsNotChecked() {
        FileAnchor one = FileAnchor.of("file:one", directory.resolve("one"), fixture.clock);
        FileAnchor two = FileAnchor.of("file:two", directory.resolve("two"), fixture.clock);
        anchor(memory, one, two);
        Report report = audit(one);
        assertEquals(List.of(), report.checks(Outcome.FAIL));
        assertEquals(
                List.of(Check.notChecked(
                        "main: anchors",
                        "nobody who knows file:two was given, where 1 checkpoints of this log are said to be")),
                report.checks(Outcome.NOT_CHECKED));
    }

    @Test
    void anAlteredTokenAndAnotherLogsFail() throws IOException {
        fixture.now = Instant.now(); // OpenSSL stamps by it
        try (OpenSslTsa tsa = new OpenSslTsa(directory.resolve("tsa"));
                Remembrancer other = fixture.memory(directory.resolve("other"))) {
            TimestampVerifier verifier = TimestampVerifier.pinning(fixture.clock, tsa.pin());
            TimestampClient client =
                    TimestampClient.builder(verifier).authority(tsa.uri()).build();
            Anchor target = Rfc3161Anchor.of("rfc3161:openssl", client, verifier, fixture.clock);
            anchor(memory, target);
            Report report = audit(target);
            assertTrue(report.passed(), report::toText);

            Attestation real = attestation(main, anchors(main).get(0), target);
            byte[] response = Base64.getDecoder().decode(real.evidence().string("response"));
            response[response.length - 1] ^= 1; // of the signature
            recordAgain(new Attestation(
                    real.target(),
                    real.note(),
                    JsonObject.builder()
                            .put("authority", real.evidence().string("authority"))
                            .put("request", real.evidence().string("request"))
                            .put("response", Base64.getEncoder().encodeToString(response))
                            .build()));
            record(other.namespace("main"), "theirs");
            anchor(other, target);
            recordAgain(attestation(
                    other.namespace("main"), anchors(other.namespace("main")).get(0), target));

            List<String> failures = failures(audit(target));
            assertEquals(2, failures.size(), failures::toString);
            assertTrue(
                    failures.get(0).startsWith("main: entry 2: size 1 is not published in rfc3161:openssl: Invalid"),
                    failures::toString);
            assertTrue(
                    failures.get(1).startsWith("main: entry 3: the anchored checkpoint is not of this log: "),
                    failures::toString);
        }
    }

    @Test
    void aRecordThatTellsAnotherHashOfItsAttestationFails() {
        FileAnchor one = FileAnchor.of("file:one", directory.resolve("one"), fixture.clock);
        anchor(memory, one);
        Attestation real = attestation(main, anchors(main).get(0), one);
        for (String name : List.of("note", "attestation")) {
            var unused = main.record(AnchorRecord.of(
                            real.checkpoint(), real.target(), Body.bytes(real.bytes(), Attestation.MEDIA_TYPE, "json"))
                    .attribute(name, "sha256:" + "0".repeat(64)));
        }
        List<String> failures = failures(audit(one));
        assertEquals(2, failures.size(), failures::toString);
        assertTrue(failures.get(0).contains("the anchor's note is "), failures::toString);
        assertTrue(failures.get(1).contains("the anchor's attestation is "), failures::toString);
    }

    private void recordAgain(Attestation attestation) {
        var unused = main.record(AnchorRecord.of(
                attestation.checkpoint(),
                attestation.target(),
                Body.bytes(attestation.bytes(), Attestation.MEDIA_TYPE, "json")));
    }
}
