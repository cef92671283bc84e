package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lies beside an artifact and isn't this memory's own is not lost. */
class BesideTest extends SigningFixture {

    private Run stamp(Object... more) {
        Object[] args = {"artifact", "timestamp", jar, "--memory", memory, "--authority", authority};
        Object[] all = new Object[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Run.of(all);
    }

    private String timeline() {
        return Run.of("memory", "timeline", "--memory", memory).good().out();
    }

    @Test
    void foreignFileIsRefusedAndReplacedOnlyByForce() throws IOException {
        pinBoth();
        String[][] all = {
            {"timestamp", "ledger.jar.tsr"},
            {"timestamp", "ledger.jar.tsq"},
            {"attest", "ledger.jar.tsr"},
            {"attest", "ledger.jar.asc.tsr"},
            {"attest", "ledger.jar.asc"},
            {"sign", "ledger.jar.asc"}
        };
        for (String[] each : all) {
            deleteWhatIsBeside();
            Path foreign = Files.writeString(directory.resolve(each[1]), "somebody's own");
            String before = timeline();
            Expect.contains(
                    run(each[0], false).failed(ExitCode.USAGE).err(),
                    each[1] + " is none that this memory wrote",
                    "--force");
            assertEquals("somebody's own", Files.readString(foreign));
            assertEquals(before, timeline());
        }
        for (String[] each : new String[][] {all[0], all[3], all[5]}) {
            deleteWhatIsBeside();
            Files.writeString(directory.resolve(each[1]), "somebody's own");
            run(each[0], true).good();
            byte[] written = Files.readAllBytes(directory.resolve(each[1]));
            assertFalse(Arrays.equals("somebody's own".getBytes(StandardCharsets.UTF_8), written));
        }
    }

    @Test
    void whatIsReplacedIsNotLostIfItComesToNothing() throws IOException {
        pinBoth();
        Files.writeString(directory.resolve("ledger.jar.asc"), "somebody's own");
        Run run = run("attest", "--authority", "http://localhost:1/", "--force");
        assertNotEquals(ExitCode.GOOD, run.code());
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        List<String> contents = new ArrayList<>();
        for (Path file : files) {
            contents.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        assertTrue(contents.contains("somebody's own"), files::toString);
    }

    private Run run(String verb, boolean forced) {
        Object[] force = forced ? new Object[] {"--force"} : new Object[0];
        if (verb.equals("timestamp")) {
            return stamp(force);
        }
        Object[] attest =
                forced ? new Object[] {"--authority", authority, "--force"} : new Object[] {"--authority", authority};
        return run(verb, verb.equals("sign") ? force : attest);
    }

    private void deleteWhatIsBeside() throws IOException {
        for (String name : List.of(".tsr", ".tsq", ".asc", ".asc.tsr", ".asc.tsq")) {
            Files.deleteIfExists(directory.resolve("ledger.jar" + name));
        }
    }

    @Test
    void ownStampsAreReplacedUnlessTheRequestIsSomebodyElses() throws IOException {
        pinBoth();
        stamp().good();
        byte[] first = Files.readAllBytes(directory.resolve("ledger.jar.tsr"));
        Files.writeString(jar, "another program under the same name");
        stamp().good();
        assertFalse(Arrays.equals(first, Files.readAllBytes(directory.resolve("ledger.jar.tsr"))));
        Run.deploy(memory, jar);
        run("attest", "--authority", authority).good();
        stamp().good();
        Files.writeString(directory.resolve("data"), "data");
        OutsideProgram.require("openssl")
                .run(directory, "ts", "-query", "-data", "data", "-sha256", "-out", "ledger.jar.tsq")
                .orFail();
        Expect.contains(stamp().failed(ExitCode.USAGE).err(), "ledger.jar.tsq is none that this memory wrote");
    }
}
