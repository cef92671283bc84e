package io.vaultmesh.spawn.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Kubernetes runs pods by, as far as other manifests refer to it.
 *
 * @param kind for example {@code Deployment}
 * @param name its name
 * @param labels the labels of its pods, those too that a kustomization adds
 * @param selector the labels by which it knows its pods
 * @param pod the specification of its pods
 */
record Workload(String kind, String name, Map<String, String> labels, JsonNode selector, JsonNode pod) {

    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet");

    /** The workloads among some manifests. */
    static List<Workload> among(List<JsonNode> documents) {
        Map<String, String> added = new HashMap<>();
        documents.forEach(document -> document.path("labels").forEach(labels -> {
            if (labels.path("includeTemplates").asBoolean()
                    || labels.path("includeSelectors").asBoolean()) {
                added.putAll(texts(labels.path("pairs")));
            }
        }));
        return documents.stream()
                .filter(document -> KINDS.contains(document.path("kind").asText()))
                .filter(document -> document.path("spec").has("selector"))
                .map(document -> of(document, added))
                .toList();
    }

    private static Workload of(JsonNode document, Map<String, String> added) {
        JsonNode template = document.path("spec").path("template");
        Map<String, String> labels = texts(template.path("metadata").path("labels"));
        labels.putAll(added);
        return new Workload(
                document.path("kind").asText(),
                document.path("metadata").path("name").asText(),
                labels,
                document.path("spec").path("selector").path("matchLabels"),
                template.path("spec"));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    /** Whether its pods have all of these labels. */
    boolean has(JsonNode wanted) {
        return labels.entrySet().containsAll(texts(wanted).entrySet());
    }

    Stream<JsonNode> containers() {
        return StreamSupport.stream(pod.path("containers").spliterator(), false);
    }

    /** Whether one of its containers has a port of this name or number. */
    boolean listensAt(JsonNode port) {
        return containers().anyMatch(container -> listensAt(container, port));
    }

    static boolean listensAt(JsonNode container, JsonNode port) {
        return StreamSupport.stream(container.path("ports").spliterator(), false)
                .anyMatch(own -> own.path(port.isTextual() ? "name" : "containerPort")
                        .asText()
                        .equals(port.asText()));
    }
}
