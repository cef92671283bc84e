package io.vaultmesh.spawn.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.TreeWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The manifests by the schema of Kubernetes 1.34, as its own Java client has it: every field must be known, every required
 * one there. Kubectl builds them too, where it is.
 */
class KubernetesManifestsTest {

    private static final String LONGEST = "a" + "-very-long-name".repeat(4) + "-x";

    private interface Schema {
        void validate(JsonElement json) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.of(
            "apps/v1 Deployment", V1Deployment::validateJsonElement,
            "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "v1 Namespace", V1Namespace::validateJsonElement,
            "v1 PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 ServiceAccount", V1ServiceAccount::validateJsonElement);

    @TempDir
    Path temp;

    static Stream<ServiceSpec> specs() {
        List<ServiceSpec> specs = new ArrayList<>();
        for (ServiceType type : List.of(ServiceType.SERVICE, ServiceType.API, ServiceType.WORKER)) {
            specs.add(ServiceSpec.named(LONGEST)
                    .type(type)
                    .description("\"quoted\": {{ x }} # \\ caf\u00e9")
                    .build());
            for (Broker broker : Broker.values()) {
                specs.add(ServiceSpec.named("ledger")
                        .type(type)
                        .with(Feature.messageQueue(broker))
                        .build());
            }
        }
        return specs.stream();
    }

    private static List<JsonNode> manifests(FileTree tree) throws IOException {
        List<JsonNode> manifests = new ArrayList<>();
        for (GeneratedFile file : tree) {
            String path = file.path().value();
            if (path.startsWith("deploy/kubernetes/") && !path.endsWith("kustomization.yaml")) {
                manifests.addAll(documents(file.content().text()));
            }
        }
        return manifests;
    }

    private static List<JsonNode> documents(String yaml) throws IOException {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        }
    }

    private static String kind(JsonNode manifest) {
        return manifest.path("apiVersion").asText() + " "
                + manifest.path("kind").asText();
    }

    /** Fails if a manifest has a field that its schema hasn't, lacks one, or names something longer than it may be. */
    private static void assertValid(JsonNode manifest) throws IOException {
        Schema schema = SCHEMAS.get(kind(manifest));
        assertTrue(schema != null, "no schema for " + kind(manifest));
        schema.validate(JsonParser.parseString(manifest.toString()));
        String name = manifest.path("metadata").path("name").asText();
        boolean isHost =
                Set.of("Namespace", "Service").contains(manifest.path("kind").asText());
        assertTrue(name.matches("[a-z]([a-z0-9-]*[a-z0-9])?") && name.length() <= (isHost ? 63 : 253), name);
        manifest.findValues("labels")
                .forEach(labels -> labels.forEach(value -> assertTrue(
                        value.asText().length() <= 63
                                && value.asText().matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?"),
                        value.asText())));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void areOfTheSchemaToTheField(ServiceSpec spec) throws IOException {
        Set<String> kinds = new TreeSet<>();
        for (JsonNode manifest : manifests(Generators.builtIn().generate(spec))) {
            assertValid(manifest);
            kinds.add(manifest.path("kind").asText());
        }

        assertTrue(
                kinds.containsAll(Set.of(
                        "Deployment",
                        "Namespace",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "Service",
                        "ServiceAccount")),
                kinds.toString());
        boolean keepsItsJobs =
                spec.type() == ServiceType.WORKER && spec.broker().isEmpty();
        assertEquals(!keepsItsJobs, kinds.contains("HorizontalPodAutoscaler"));
        assertEquals(keepsItsJobs, kinds.contains("PersistentVolumeClaim"));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void runWithTheLeastThatIsNeeded(ServiceSpec spec) throws IOException {
        List<JsonNode> manifests = manifests(Generators.builtIn().generate(spec));
        JsonNode deployment = manifests.stream()
                .filter(manifest -> kind(manifest).equals("apps/v1 Deployment"))
                .findFirst()
                .orElseThrow();
        boolean scales = manifests.stream().anyMatch(manifest -> kind(manifest).endsWith("HorizontalPodAutoscaler"));
        JsonNode pod = deployment.path("spec").path("template").path("spec");
        JsonNode container = pod.path("containers").path(0);

        assertEquals(scales, deployment.path("spec").path("replicas").isMissingNode());
        assertTrue(pod.path("securityContext").path("runAsNonRoot").asBoolean());
        assertTrue(pod.path("securityContext").path("runAsUser").asInt() > 0);
        assertEquals(
                "RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
        assertEquals("false", pod.path("automountServiceAccountToken").asText());
        assertEquals(
                "false",
                container.at("/securityContext/allowPrivilegeEscalation").asText());
        assertEquals(
                "true", container.at("/securityContext/readOnlyRootFilesystem").asText());
        assertEquals(
                "[\"ALL\"]", container.at("/securityContext/capabilities/drop").toString());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertTrue(container.has(probe), probe);
        }
        assertEquals("/ready", container.at("/readinessProbe/httpGet/path").asText());
        assertEquals("/health", container.at("/livenessProbe/httpGet/path").asText());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void areBuiltByKubectl(ServiceSpec spec) throws IOException {
        OutsideProgram kubectl = OutsideProgram.require("kubectl");
        Path project = temp.resolve("project");
        try (TreeWriter writer = TreeWriter.open(project)) {
            writer.write(Generators.builtIn().generate(spec));
            writer.publish();
        }
        for (String place : List.of("base", "overlays/staging", "overlays/production")) {
            List<JsonNode> built = documents(kubectl.run(project, "kustomize", "deploy/kubernetes/" + place)
                    .orFail());
            assertTrue(built.size() > 5, built.toString());
            for (JsonNode manifest : built) {
                if (!manifest.path("kind").asText().equals("ConfigMap")) {
                    assertValid(manifest);
                }
            }
        }
    }

    @Test
    void aFieldThatIsUnknownOrMissingIsSeen() throws IOException {
        JsonNode unknown = documents("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {},"
                        + " template: {spec: {containers: [{name: a, readynessProbe: {}}]}}}}")
                .get(0);
        JsonNode missing = documents(
                        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {}}}")
                .get(0);

        String message = assertThrows(IllegalArgumentException.class, () -> assertValid(unknown))
                .getMessage();
        assertTrue(message.contains("readynessProbe"), message);
        assertThrows(IllegalArgumentException.class, () -> assertValid(missing));
    }
}
