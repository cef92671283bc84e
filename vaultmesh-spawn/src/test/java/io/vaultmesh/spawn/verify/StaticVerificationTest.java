package io.vaultmesh.spawn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticVerificationTest {

    private static final Toolchain WITH_PYTHON = Toolchain.of(Map.of("PATH", "/usr/bin:/bin"));
    private static final Toolchain WITHOUT = Toolchain.of(Map.of());

    private static final ServiceSpec LEDGER = ServiceSpec.named("ledger")
            .type(ServiceType.API)
            .with(Feature.mcpServer())
            .with(Feature.messageQueue(Broker.RABBITMQ))
            .build();

    private static final FileTree FILES = Spawner.builder().build().plan(LEDGER).files();

    /** Without Python, which only the tests of Python's files have to wait for. */
    private static Report verify(FileTree tree) {
        return StaticVerification.of(LEDGER, tree, WITHOUT);
    }

    private static String text(String path) {
        return FILES.find(RelativePath.of(path)).orElseThrow().content().text();
    }

    /** The files with one of them changed, added or, with null, left out. */
    private static FileTree with(String path, byte[] bytes) {
        FileTree.Builder tree = FileTree.builder();
        FILES.files().stream().filter(file -> !file.path().value().equals(path)).forEach(tree::add);
        if (bytes.length > 0) {
            tree.add(new GeneratedFile(RelativePath.of(path), FileContent.of(bytes), false, "own"));
        }
        return tree.build();
    }

    private static FileTree with(String path, String text) {
        return with(path, FileContent.utf8(text).bytes());
    }

    private static ServiceSpec.Builder spec(ServiceType type, boolean mcp) {
        ServiceSpec.Builder spec = ServiceSpec.named("night-shift")
                .type(type)
                .description("\"\"\" ''' \\ {{ x }} ${{ z }} $(id) `id` # <b> | caf\u00e9 \uD83D\uDE80 \"");
        return mcp ? spec.with(Feature.mcpServer()) : spec;
    }

    @TestFactory
    Stream<DynamicTest> passesForWhateverIsGenerated() {
        List<ServiceSpec> specs = new ArrayList<>();
        specs.add(spec(ServiceType.TOOL, false).build());
        specs.add(spec(ServiceType.INFRA, false).build());
        for (ServiceType type : List.of(ServiceType.SERVICE, ServiceType.API, ServiceType.WORKER)) {
            for (boolean mcp : new boolean[] {false, true}) {
                specs.add(spec(type, mcp).build());
                for (Broker broker : Broker.values()) {
                    specs.add(spec(type, mcp).with(Feature.messageQueue(broker)).build());
                }
            }
        }
        assertEquals(20, specs.size());
        return specs.stream()
                .map(spec -> DynamicTest.dynamicTest(spec.type() + " " + spec.features(), () -> {
                    Report report = StaticVerification.of(
                            spec, Spawner.builder().build().plan(spec).files(), WITH_PYTHON);
                    assertTrue(report.passed(), report.toText());
                }));
    }

    @TestFactory
    Stream<DynamicTest> passesWithoutAnyOneGenerator() {
        return Stream.of(
                        "tests",
                        "gitignore",
                        "makefile",
                        "readme",
                        "dockerfile",
                        "kubernetes",
                        "cicd",
                        "monitoring",
                        "mcp-server",
                        "message-queue")
                .map(generator -> DynamicTest.dynamicTest("without " + generator, () -> {
                    Report report = verify(Spawner.builder()
                            .without(generator)
                            .build()
                            .plan(LEDGER)
                            .files());
                    assertTrue(!report.failed(), report.toText());
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tests", "gitignore", "makefile", "readme", "cicd"})
    void passesForAToolWithoutAnyOneGenerator(String generator) {
        ServiceSpec tool = spec(ServiceType.TOOL, false).build();
        FileTree files = Spawner.builder().without(generator).build().plan(tool).files();

        Report report = StaticVerification.of(tool, files, WITHOUT);

        assertTrue(!report.failed(), report.toText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // a file that isn't of its format
                "monitoring/grafana/dashboards/service.json | ~\\A\\{~ | ~{,~ | service.json",
                "monitoring/grafana/dashboards/service.json | ~\"title\":~ | ~\"uid\": \"x\", \"title\":~ | service.json",
                "pyproject.toml | ~\\[project\\]~ | [project | pyproject.toml",
                "compose.yaml | services: | ~services: [~ | compose.yaml",
                "compose.yaml | ~services:~ | ~services: {}\nservices:~ | compose.yaml",
                "Dockerfile | ~\nUSER ~ | ~\nUSR ~ | is no instruction",
                "Makefile | ~\ntest:.*~ | ~\ntest~ | Makefile",
                ".editorconfig | ~\\A~ | ~what is this\n~ | .editorconfig",
                ".env.example | ~\\A~ | ~export A\n~ | .env.example",
                "src/ledger/app.py | ~\\A~ | ~def (:\n~ | src/ledger/app.py",
                "Dockerfile | ~licenses=\"Apache-2.0\"~ | ~licenses=\"Apache-2.0~ | has a quote \" in LABEL that isn't closed",
                "Dockerfile | ~PORT=8000~ | ~PORT='8000~ | has a quote ' in ENV that isn't closed",
                "Dockerfile | ~PORT=8000~ | ~PORT 8000~ | has \"PORT\" in ENV, expected name=value",
                // something that isn't there, or is called something else elsewhere
                "README.md | ~\\z~ | ~[gone](docs/gone.md)~ | links to docs/gone.md",
                "README.md | ~\\z~ | ~[gone](#no-such-heading)~ | no such heading",
                "README.md | ~\\z~ | ~[out](../../etc/passwd)~ | links to ../../etc/passwd",
                "README.md | ~\\z~ | ~\n```sh\nmake teleport\n```\n~ | calls make teleport",
                "README.md | ~\\z~ | ~![gone](docs/gone.png)~ | links to docs/gone.png",
                "Dockerfile | ~\"-m\", \"ledger\"~ | ~\"-m\", \"ledgers\"~ | names module ledgers",
                "Dockerfile | ~ENTRYPOINT .*~ | ~ENTRYPOINT python3 -m ledger.nothing~ | names module ledger.nothing",
                "Dockerfile | ~ENTRYPOINT .*~ | ~ENTRYPOINT [\"python\"]\nCMD [\"-q\"]\nCMD [\"python\", \"-m\", \"x\"]~ | names module x",
                "Dockerfile | ~COPY src~ | ~COPY sources~ | names sources",
                "Dockerfile | ~--from=build~ | ~--from=builder~ | names stage builder",
                "compose.yaml | ~dockerfile: Dockerfile~ | ~dockerfile: Containerfile~ | names Containerfile",
                "deploy/kubernetes/base/kustomization.yaml | service.yaml | svc.yaml | names svc.yaml",
                ".github/workflows/ci.yml | scripts/drift.py | scripts/drifted.py | names scripts/drifted.py",
                "pyproject.toml | ~name = \"ledger\"~ | ~name = \"ledgers\"~ | calls the project ledgers",
                "Dockerfile | EXPOSE 8000 | EXPOSE 8080 | has the ports",
                "deploy/kubernetes/base/deployment.yaml | containerPort: 8000 | containerPort: 80 | has the ports",
                "compose.yaml | ~:8000\"~ | ~:8001\"~ | has the ports",
                "monitoring/prometheus/prometheus.yml | ~app:8000~ | ~app:8088~ | has the ports",
                "Dockerfile | PORT=8000 | PORT=8001 | has the ports",
                "deploy/kubernetes/base/kustomization.yaml | LOG_LEVEL=INFO | PORT=9000 | has the ports",
                "deploy/kubernetes/base/deployment.yaml | ~- name: BROKER_URL~ | ~- {name: PORT, value: \"9000\"}\n            - name: BROKER_URL~ | has the ports",
                // manifests that don't mean each other
                "deploy/kubernetes/base/deployment.yaml | ~(?s)startupProbe:.*?port: http~ | ~startupProbe:\n            httpGet:\n              path: /health\n              port: web~ | startupProbe of Deployment ledger asks at port web",
                "deploy/kubernetes/base/deployment.yaml | ~port: http~ | ~port: 8001~ | asks at port 8001",
                "deploy/kubernetes/base/deployment.yaml | ~- name: http~ | ~- name: web~ | Service ledger leads to port http",
                "deploy/kubernetes/base/deployment.yaml | ~- name: http~ | ~- name: web~ | NetworkPolicy ledger lets in to port http",
                "deploy/kubernetes/base/deployment.yaml | ~matchLabels:\\s+app.kubernetes.io/name: \"ledger\"~ | ~matchLabels: {a: b}~ | Deployment ledger selects {\"a\":\"b\"}, which its pods don't have",
                "deploy/kubernetes/base/deployment.yaml | ~labelSelector:\\s+matchLabels:\\s+app.kubernetes.io/name: \"ledger\"~ | ~labelSelector: {matchLabels: {a: b}}~ | spreads pods of {\"a\":\"b\"}",
                "deploy/kubernetes/base/service.yaml | ~app.kubernetes.io/name: \"ledger\"~ | ~app.kubernetes.io/name: \"ledgers\"~ | Service ledger selects",
                "deploy/kubernetes/base/service.yaml | targetPort: http | targetPort: 80 | Service ledger leads to port 80",
                "deploy/kubernetes/base/service.yaml | ~targetPort: http~ | ~appProtocol: http~ | Service ledger leads to port 80",
                "deploy/kubernetes/base/poddisruptionbudget.yaml | ~name: \"ledger\"\\s*\\z~ | ~name: ledgers~ | PodDisruptionBudget ledger selects",
                "deploy/kubernetes/base/networkpolicy.yaml | ~app.kubernetes.io/name: \"ledger\"~ | ~app.kubernetes.io/name: x~ | NetworkPolicy ledger selects",
                "deploy/kubernetes/base/networkpolicy.yaml | ~port: http~ | ~port: 8001~ | NetworkPolicy ledger lets in to port 8001",
                "deploy/kubernetes/base/horizontalpodautoscaler.yaml | ~kind: Deployment~ | ~kind: StatefulSet~ | scales StatefulSet ledger",
                "deploy/kubernetes/base/horizontalpodautoscaler.yaml | ~(?s)scaleTargetRef:.*?name: \"ledger\"~ | ~scaleTargetRef: {kind: Deployment, name: x}~ | scales Deployment x",
                "compose.yaml | LOG_LEVEL: | LOGLEVEL: | sets LOGLEVEL",
                "deploy/kubernetes/base/kustomization.yaml | LOG_LEVEL= | LOGLEVEL= | sets LOGLEVEL",
                "monitoring/prometheus/rules/alerts.yml | http_requests_total | http_request_total | asks for http_request_total",
                "monitoring/prometheus/rules/alerts.yml | process_start_time_seconds | process_started_seconds | asks for process_started_seconds",
                "monitoring/prometheus/rules/alerts.yml | ~job=\"ledger\"~ | ~job=\"ledgers\"~ | asks for job=\"ledgers\", and monitoring/prometheus/kubernetes.yml scrapes [ledger]",
                "monitoring/prometheus/rules/alerts.yml | ~job=\"ledger\"~ | ~job=~\"led(\"~ | asks for job=~",
                "monitoring/prometheus/prometheus.yml | ~job_name: \"ledger\"~ | ~job_name: app~ | monitoring/prometheus/prometheus.yml scrapes [app]",
                "monitoring/grafana/dashboards/service.json | http_requests_in_progress | requests_now | asks for requests_now",
            })
    void namesWhatIsWrong(String path, String old, String changed, String why) {
        String text = text(path);
        String broken = text.replaceFirst(old, Matcher.quoteReplacement(changed));
        assertTrue(!broken.equals(text), old + " doesn't occur in " + path);

        Report report = StaticVerification.of(LEDGER, with(path, broken), path.endsWith(".py") ? WITH_PYTHON : WITHOUT);

        List<Check> failed = report.checks(Outcome.FAIL);
        assertTrue(!failed.isEmpty(), report.toText());
        assertTrue(
                failed.stream().anyMatch(check -> (check.name() + " " + check.detail()).contains(why)),
                report.toText());
    }

    @Test
    void namesWhatIsMissing() {
        Report report = verify(with("Dockerfile", new byte[0]));

        assertTrue(report.failed(), report.toText());
    }

    @Test
    void saysWhichFilesNothingHereReads() {
        Report report = verify(with("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'}));

        assertEquals(Outcome.NOT_CHECKED, report.check("logo.png").orElseThrow().outcome());
        assertTrue(!report.failed(), report.toText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTICE", ".gitmodules", "data/words.xyz"})
    void takesWhatHasNoFormatThatIsKnownForText(String path) {
        Report report = StaticVerification.of(LEDGER, with(path, "Größe: \"{\n"), WITH_PYTHON);

        assertTrue(report.passed(), report.toText());
        String text = report.check("format text").orElseThrow().detail();
        assertTrue(text.endsWith(", 1 of them of no other format that is known: " + path), text);
    }

    @Test
    void saysWhatPythonSaysAndNotHowItIsKept() {
        Report report = StaticVerification.of(LEDGER, with("src/ledger/odd.py", "def (:\n"), WITH_PYTHON);

        String detail = report.check("src/ledger/odd.py").orElseThrow().detail();
        assertTrue(detail.matches("SyntaxError: .*[^\\]]"), detail);
    }

    @Test
    void refusesTextThatIsNoUtf8() {
        Report report = verify(with("README.md", new byte[] {'#', ' ', (byte) 0xFF}));

        assertEquals("is no UTF-8 text", report.check("README.md").orElseThrow().detail());
    }

    @Test
    void refusesPythonThatIsNoUtf8() {
        Report report = verify(with("src/ledger/app.py", new byte[] {'#', ' ', (byte) 0xE9, '\n'}));

        assertEquals(
                Outcome.FAIL, report.check("src/ledger/app.py").orElseThrow().outcome());
    }

    @Test
    void takesAWarningOfPythonForNoError() {
        FileTree tree = with("src/ledger/odd.py", "assert (1, 'x')\n");

        assertTrue(StaticVerification.of(LEDGER, tree, WITH_PYTHON).passed());
    }

    @Test
    void doesNotPassWithoutPython() {
        Report report = StaticVerification.of(LEDGER, FILES, Toolchain.of(Map.of()));

        Check python = report.check("format python").orElseThrow();
        assertEquals(Outcome.NOT_CHECKED, python.outcome());
        assertTrue(python.detail().contains("install Python 3.11"), python.detail());
        assertTrue(!report.passed() && !report.failed());
    }

    @Test
    void namesAnArchiveThatIsNone() {
        Report report = verify(with(".vaultmesh/base.zip", "PK"));

        assertTrue(report.check(".vaultmesh/base.zip").orElseThrow().detail().contains("no zip archive"));
    }
}
