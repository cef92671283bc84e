package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FederationVerbsTest {

    @TempDir
    Path directory;

    private Node a;
    private Node b;

    /** A memory with one record, and a node of it that knows nobody yet. */
    private final class Node {

        private final Path memory;
        private final Path dir;
        private final int port;
        private final String did;

        Node(String name) throws IOException {
            dir = Files.createDirectory(directory.resolve(name));
            memory = dir.resolve("memory");
            port = FreePort.find();
            Run.deploy(memory, Files.writeString(dir.resolve("artifact"), name));
            did = run("init", "--memory", memory, "--port", port).good().value("id");
        }

        Run run(String verb, Object... more) {
            Object[] args = new Object[4 + more.length];
            System.arraycopy(new Object[] {"federation", verb, "--dir", dir}, 0, args, 0, 4);
            System.arraycopy(more, 0, args, 4, more.length);
            return Run.of(args);
        }

        Running serve(Object... more) throws IOException {
            Object[] args = new Object[6 + more.length];
            System.arraycopy(new Object[] {"federation", "serve", "--dir", dir, "--memory", memory}, 0, args, 0, 6);
            System.arraycopy(more, 0, args, 6, more.length);
            return Running.of(args);
        }

        void knows(Node other) {
            run("join", other.did, "--address", "http://127.0.0.1:" + other.port)
                    .good();
        }

        JsonObject status() {
            return Expect.members(
                    Expect.json(run("status", "--memory", memory, "--json")),
                    "namespace",
                    "records",
                    "root",
                    "policy",
                    "conflicts",
                    "refused",
                    "peers");
        }
    }

    @BeforeEach
    void twoNodes() throws IOException {
        a = new Node("a");
        b = new Node("b");
    }

    @Nested
    class Configuration {

        @Test
        void initWritesWhatPythonReadsAsYaml() {
            a.knows(b);
            String read = OutsideProgram.require("python3", "python3-yaml")
                    .run(
                            a.dir,
                            "-c",
                            "import yaml; c = yaml.safe_load(open('federation.yaml')); p = yaml.safe_load(open('peers.yaml'));"
                                    + " print(c['listen']['port'], c['namespaces'], p['peers'][0]['identity'])")
                    .orFail();
            assertEquals(a.port + " ['main'] " + b.did, read.strip());
        }

        @Test
        void initHasJsonAndOverwritesNothing() throws IOException {
            Path other = Files.createDirectory(directory.resolve("other"));
            JsonObject json = Expect.json(Run.of(
                    "federation",
                    "init",
                    "--dir",
                    other,
                    "--memory",
                    a.memory,
                    "--host",
                    "0.0.0.0",
                    "--name",
                    "node-a.example:8088",
                    "--namespace",
                    "dao:one",
                    "--namespace",
                    "dao:two",
                    "--json"));
            Expect.members(json, "id", "config", "peers");
            assertEquals(a.did, json.string("id"));
            Expect.contains(
                    a.run("init", "--memory", a.memory)
                            .failed(ExitCode.ENVIRONMENT)
                            .err(),
                    "federation.yaml exists");
        }

        @Test
        void initLeavesNothingBehindIfItIsToldNonsense() throws IOException {
            Path other = Files.createDirectory(directory.resolve("other"));
            Object[][] mistakes = {
                {"--port", "0"},
                {"--port", "x"},
                {"--host", "no host"},
                {"--host", "0.0.0.0"},
                {"--name", "UPPER\"case"},
                {"--namespace", "no namespace"},
            };
            for (Object[] mistake : mistakes) {
                Run.of("federation", "init", "--dir", other, "--memory", a.memory, mistake[0], mistake[1])
                        .failed(ExitCode.USAGE);
                assertEquals(0, other.toFile().list().length, mistake[0] + " " + mistake[1]);
            }
            Run.of("federation", "init", "--dir", other, "--memory", other).failed(ExitCode.USAGE);
        }

        @Test
        void whoJoinsIsListedAndWhoLeavesIsNot() {
            String vkey = Run.of("audit", "root", "--memory", b.memory).good().value("vkey");
            JsonObject json = Expect.json(a.run("join", b.did, "--role", "request", "--log", "main=" + vkey, "--json"));
            assertEquals(b.did, Expect.members(json, "joined").string("joined"));
            assertEquals(List.of(b.did), a.status().array("peers").strings());
            Expect.contains(
                    a.run("status", "--memory", a.memory).good().out(), "peer       " + b.did + " may [REQUEST]");
            assertEquals(b.did, Expect.json(a.run("leave", b.did, "--json")).string("left"));
            assertEquals(List.of(), a.status().array("peers").strings());
            a.run("leave", b.did).failed(ExitCode.USAGE);
        }

        @Test
        void joinSaysWhatIsWrong() {
            Object[][] mistakes = {
                {"did:key:none"},
                {b.did, "--address", "ftp://x"},
                {b.did, "--role", "king"},
                {b.did, "--namespace", "dao:unshared"},
                {b.did, "--log", "dao:unshared=x"},
                {b.did, "--log", "main=x"}
            };
            for (Object[] mistake : mistakes) {
                a.run("join", mistake).failed(ExitCode.USAGE);
            }
            Expect.contains(
                    Run.of("federation", "join", b.did, "--dir", directory)
                            .failed(ExitCode.USAGE)
                            .err(),
                    "federation.yaml is not there, expected the file that `federation init` makes; --dir says where");
        }

        @Test
        void fileThatIsNoneIsNamedWithItsLine() throws IOException {
            Files.writeString(a.dir.resolve("federation.yaml"), "format: 1\nlisten: here\n");
            for (String verb : List.of("status", "serve")) {
                Expect.contains(
                        a.run(verb, "--memory", a.memory).failed(ExitCode.USAGE).err(), "federation.yaml:2:");
            }
        }
    }

    @Nested
    class Sync {

        @Test
        void bothHaveTheSameRootAfterwards() throws IOException {
            a.knows(b);
            b.knows(a);
            assertNotEquals(a.status().string("root"), b.status().string("root"));
            try (Running serving = b.serve()) {
                assertEquals(
                        "http://127.0.0.1:" + b.port, serving.value("serving").replaceAll("/$", ""));
                assertEquals(b.did, serving.value("id"));
                Run run = a.run("sync", b.did, "--memory", a.memory, "--json").good();
                JsonObject report = Expect.members(
                        Expect.object(run.out().strip()),
                        "namespace",
                        "peer",
                        "outcome",
                        "fetched",
                        "pushed",
                        "refused",
                        "withheld",
                        "bodies",
                        "requests",
                        "bytes",
                        "reason");
                String outcome = report.string("outcome"); // the node asks by itself, too, as soon as it is started
                assertTrue(outcome.equals("converged") || outcome.equals("in_sync"), outcome);
                Expect.contains(
                        a.run("sync", b.did, "--memory", a.memory).good().out(), "IN_SYNC");
                // beside the node that runs
                assertEquals(a.status().string("root"), b.status().string("root"));
                assertEquals(2, b.status().integer("records"));
                Run locked = b.run("sync", a.did, "--memory", b.memory).failed(ExitCode.ENVIRONMENT);
                Expect.contains(locked.err(), "vaultmesh: ");
            }
        }

        @Test
        void peerThatDoesNotAnswerIsTheEnvironment() {
            a.knows(b);
            Run run = a.run("sync", b.did, "--memory", a.memory);
            assertEquals(ExitCode.ENVIRONMENT, run.code(), run.out() + run.err());
            Expect.contains(run.out(), "FAILED");
        }

        @Test
        void peerWhomTheOtherDoesNotKnowIsRefused() throws IOException {
            a.knows(b);
            try (Running serving = b.serve("--json")) {
                JsonObject first = Expect.object(serving.line());
                assertEquals(b.did, Expect.members(first, "address", "id").string("id"));
                Run run = a.run("sync", b.did, "--memory", a.memory);
                assertEquals(ExitCode.ENVIRONMENT, run.code(), run.out() + run.err());
                JsonObject event = Expect.members(Expect.object(serving.line()), "event", "text");
                assertEquals("rejected", event.string("event"));
            }
            assertEquals(1, b.status().integer("records"));
        }

        @Test
        void unknownPeerIsAMistake() {
            Run run = a.run("sync", b.did, "--memory", a.memory).failed(ExitCode.USAGE);
            Expect.contains(run.err(), "is no peer that can be asked");
        }
    }

    @Nested
    class Status {

        @Test
        void rootIsThatOfOneRecordByItsDefinition() {
            String id = Run.of("memory", "timeline", "--memory", a.memory)
                    .good()
                    .out()
                    .replaceAll("(?s).*?([0-9a-f]{64}).*", "$1");
            String root = OutsideProgram.require("python3")
                    .run(
                            a.dir,
                            "-c",
                            "import hashlib; print(hashlib.sha256(b'\\0' + bytes.fromhex('" + id + "')).hexdigest())")
                    .orFail()
                    .strip();
            JsonObject status = a.status();
            assertEquals(root, status.string("root"));
            assertEquals(0, status.integer("conflicts"));
            assertEquals(0, status.integer("refused"));
        }

        @Test
        void onlyWhatThePolicyAdmitsIsShared() {
            AdmissionPolicy policy =
                    AdmissionPolicy.builder().kinds(Kind.POLICY).build();
            String open = a.status().string("policy");
            assertEquals(AdmissionPolicy.open().id().toString(), open);
            try (Remembrancer memory = Remembrancer.open(a.memory)) {
                memory.record(policy.toMemory("policies alone"));
            }
            assertEquals(policy.id().toString(), a.status().string("policy"));
            assertEquals(1, a.status().integer("records"));
        }

        @Test
        void numberThatWasGivenTwiceIsAConflict() throws IOException {
            Path copy = Files.createDirectory(directory.resolve("copy"));
            OutsideProgram.require("sh")
                    .run(directory, "-c", "cp -r a/memory/. copy/ && rm -rf copy/namespaces copy/verifiers copy/lock")
                    .orFail();
            byte[] second;
            try (Remembrancer twin = Remembrancer.open(copy)) { // the same author, who has forgotten what it said
                twin.record(Discovery.of("again", "number 0 for the second time"));
                second = twin.namespace("main")
                        .entries(0, 1)
                        .findFirst()
                        .orElseThrow()
                        .bytes();
            }
            try (Remembrancer memory = Remembrancer.open(a.memory)) {
                assertEquals(
                        1,
                        memory.namespace("main")
                                .admit(List.of(second), record -> Verdict.proven())
                                .size());
            }
            assertEquals(1, a.status().integer("conflicts"));
            assertEquals(2, a.status().integer("records"));
        }

        @Test
        void peerIsShownInTheNamespacesInWhichItMay() throws IOException {
            Path dir = Files.createDirectory(directory.resolve("two"));
            Run.of("memory", "record", "discovery", "--memory", a.memory, "--namespace", "dao:two", "--title", "T")
                    .good();
            Run.of(
                            "federation",
                            "init",
                            "--dir",
                            dir,
                            "--memory",
                            a.memory,
                            "--namespace",
                            "main",
                            "--namespace",
                            "dao:two")
                    .good();
            Run.of("federation", "join", b.did, "--dir", dir, "--namespace", "dao:two")
                    .good();
            List<JsonObject> status = Run.of("federation", "status", "--dir", dir, "--memory", a.memory, "--json")
                    .good()
                    .json();
            assertEquals(
                    List.of("dao:two", "main"),
                    status.stream().map(each -> each.string("namespace")).toList());
            assertEquals(List.of(b.did), status.get(0).array("peers").strings());
            assertEquals(List.of(), status.get(1).array("peers").strings());
        }

        @Test
        void memoryThatIsNotThereIsAMistake() {
            a.run("status", "--memory", directory.resolve("none")).failed(ExitCode.USAGE);
            assertFalse(Files.exists(directory.resolve("none")));
        }
    }
}
