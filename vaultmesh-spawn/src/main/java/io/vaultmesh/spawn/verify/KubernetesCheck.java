package io.vaultmesh.spawn.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaultmesh.core.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether Kubernetes manifests mean each other: whoever selects pods selects some, whoever asks for a port asks for one
 * that a container has, and an autoscaler scales something. A cluster takes all of them as they come, and then does
 * nothing.
 */
final class KubernetesCheck {

    private static final String NAME = "manifests";
    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");
    private static final List<String> HANDLERS = List.of("httpGet", "tcpSocket", "grpc");

    private final List<JsonNode> documents;
    private final List<Workload> workloads;
    private final List<Check> bad = new ArrayList<>();
    private int references;

    KubernetesCheck(ProjectFiles files) {
        this.documents = files.yamlDocuments("deploy/.*\\.ya?ml").toList();
        this.workloads = Workload.among(documents);
    }

    Stream<Check> checks() {
        if (workloads.isEmpty()) {
            return Stream.empty();
        }
        workloads.forEach(this::workload);
        documents.forEach(this::reference);
        return bad.isEmpty()
                ? Stream.of(Check.pass(NAME, references + " selectors, ports and targets lead to pods"))
                : bad.stream();
    }

    private void workload(Workload workload) {
        String who = workload.kind() + " " + workload.name();
        require(
                workload.has(workload.selector()),
                who + " selects " + workload.selector() + ", which its pods don't have");
        workload.pod().path("topologySpreadConstraints").forEach(constraint -> {
            JsonNode labels = constraint.path("labelSelector").path("matchLabels");
            require(workload.has(labels), who + " spreads pods of " + labels + ", which its own don't have");
        });
        workload.containers().forEach(container -> {
            for (String probe : PROBES) {
                for (String handler : HANDLERS) {
                    JsonNode port = container.path(probe).path(handler).path("port");
                    require(
                            port.isMissingNode() || Workload.listensAt(container, port),
                            probe + " of " + who + " asks at port " + port.asText()
                                    + ", which the container doesn't have");
                }
            }
        });
    }

    private void reference(JsonNode document) {
        JsonNode spec = document.path("spec");
        String who = document.path("kind").asText() + " "
                + document.path("metadata").path("name").asText();
        switch (document.path("kind").asText()) {
            case "Service" -> service(who, spec);
            case "PodDisruptionBudget" -> {
                JsonNode labels = spec.path("selector").path("matchLabels");
                requireSome(who, labels, selected(labels));
            }
            case "NetworkPolicy" -> networkPolicy(who, spec);
            case "HorizontalPodAutoscaler" -> autoscaler(who, spec.path("scaleTargetRef"));
            default -> {
                // refers to no pods
            }
        }
    }

    private void service(String who, JsonNode spec) {
        JsonNode labels = spec.path("selector");
        // without a selector somebody else says where it leads
        if (labels.isMissingNode()) {
            return;
        }
        List<Workload> behind = selected(labels);
        requireSome(who, labels, behind);
        spec.path("ports").forEach(port -> {
            JsonNode target = port.has("targetPort") ? port.path("targetPort") : port.path("port");
            listens(who + " leads to", behind, target);
        });
    }

    private void networkPolicy(String who, JsonNode spec) {
        JsonNode labels = spec.path("podSelector").path("matchLabels");
        List<Workload> behind = selected(labels);
        requireSome(who, labels, behind);
        spec.path("ingress")
                .forEach(rule -> rule.path("ports").forEach(port -> {
                    if (port.has("port")) {
                        listens(who + " lets in to", behind, port.path("port"));
                    }
                }));
    }

    private void autoscaler(String who, JsonNode target) {
        String kind = target.path("kind").asText();
        String name = target.path("name").asText();
        require(
                workloads.stream()
                        .anyMatch(one -> one.kind().equals(kind) && one.name().equals(name)),
                who + " scales " + kind + " " + name + ", which isn't there");
    }

    /** The workloads with these labels; no labels at all mean all of them. */
    private List<Workload> selected(JsonNode labels) {
        return workloads.stream().filter(workload -> workload.has(labels)).toList();
    }

    private void requireSome(String who, JsonNode labels, List<Workload> selected) {
        require(!selected.isEmpty(), who + " selects " + labels + ", which no pod has");
    }

    private void listens(String how, List<Workload> behind, JsonNode port) {
        // who selects nothing has been told so
        require(
                behind.isEmpty() || behind.stream().anyMatch(workload -> workload.listensAt(port)),
                how + " port " + port.asText() + ", which no container has");
    }

    private void require(boolean holds, String problem) {
        references++;
        if (!holds) {
            bad.add(Check.fail(NAME, problem));
        }
    }
}
