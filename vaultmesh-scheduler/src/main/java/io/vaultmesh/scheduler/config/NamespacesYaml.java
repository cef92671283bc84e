package io.vaultmesh.scheduler.config;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.cadence.Cadence;
import io.vaultmesh.scheduler.cadence.Cadences;
import io.vaultmesh.scheduler.cadence.DueGrid;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code namespaces.yaml}: what is anchored where, and how often. A namespace that isn't right is left out. */
final class NamespacesYaml {

    private static final List<String> CADENCES = List.of("fast", "strong", "cold");

    private final AnchorsYaml anchors;
    private final FileConfig.Collector all = new FileConfig.Collector();

    private NamespacesYaml(AnchorsYaml anchors) {
        this.anchors = anchors;
    }

    /**
     * Reads the file.
     *
     * @throws ConfigException if its form isn't right, or it holds a secret
     */
    static FileConfig read(Yaml root, AnchorsYaml anchors) {
        Secrets.refuse(root);
        root.members().only(List.of("namespaces"));
        Yaml.Members namespaces = root.members()
                .require("namespaces", "namespaces: {main: {cadence: …}}")
                .members();
        namespaces.values().values().forEach(member -> form(member.value()));
        NamespacesYaml reader = new NamespacesYaml(anchors);
        namespaces.values().forEach(reader::namespace);
        return reader.all.config();
    }

    /** Refuses keys that nobody knows: a misspelt one must not go for one that is absent. */
    private static void form(Yaml namespace) {
        only(Optional.of(namespace), List.of("description", "witnesses", "schema_policy", "cadence"));
        only(find(namespace, "witnesses"), List.of("min_required", "allowlist"));
        only(find(namespace, "schema_policy"), List.of("allow"));
        Optional<Yaml> cadence = find(namespace, "cadence");
        only(cadence, CADENCES);
        CADENCES.forEach(name -> only(
                cadence.flatMap(node -> find(node, name)),
                List.of("target", "targets", "every", "confirmations", "policyOID")));
    }

    private static Optional<Yaml> find(Yaml node, String key) {
        return node instanceof Yaml.Members members ? members.find(key) : Optional.empty();
    }

    private static void only(Optional<Yaml> node, List<String> keys) {
        if (node.isPresent() && node.get() instanceof Yaml.Members members) {
            members.only(keys);
        }
    }

    private void namespace(String name, Yaml.Member member) {
        try {
            Map<Lane, DueGrid> lanes = new LinkedHashMap<>();
            Map<String, TargetSettings> targets = new LinkedHashMap<>();
            lanes(name(name, member.key()), member.value().members(), lanes, targets);
            all.add(lanes, targets);
            unused(member.value().members());
        } catch (ConfigException e) {
            all.leaveOut(name, String.valueOf(e.getMessage()));
        }
    }

    private static NamespaceName name(String name, Place at) {
        try {
            return new NamespaceName(name);
        } catch (IllegalArgumentException e) {
            throw at.wrong("is no name of a namespace, expected one to four parts joined by ':', each of lower-case"
                    + " letters, digits, '.', '_', '-'");
        }
    }

    private void lanes(
            NamespaceName name, Yaml.Members namespace, Map<Lane, DueGrid> lanes, Map<String, TargetSettings> targets) {
        Yaml.Members cadence = namespace
                .require("cadence", "cadence: {fast: {every: 1h, target: \"file:disk\"}}")
                .members();
        Map<Base, Cadence> named = new EnumMap<>(Base.class);
        Map<Base, Yaml.Text> every = new EnumMap<>(Base.class);
        for (Base base : Base.values()) {
            cadence.find(base.toString()).ifPresent(node -> {
                Yaml.Text text = node.members().require("every", "every: 1h").text();
                every.put(base, text);
                named.put(base, text.read(Cadence::parse));
            });
        }
        if (named.isEmpty()) {
            throw cadence.at().wrong("is empty, expected fast, strong, cold or several of them");
        }
        every.forEach((base, text) -> {
            var period = text.read(unused -> Cadences.lengthOf(base, named));
            Yaml.Members section = cadence.find(base.toString()).orElseThrow().members();
            for (Yaml.Text target : targets(section)) {
                Lane lane = target.read(known -> new Lane(name, base, known));
                if (lanes.put(lane, DueGrid.of(period, lane.toString())) != null) {
                    throw target.at().wrong("is " + target.what() + " again, expected each target once");
                }
                targets.put(lane.target(), target.read(anchors::settings));
            }
        });
    }

    private static List<Yaml.Text> targets(Yaml.Members cadence) {
        cadence.find("policyOID")
                .filter(policy ->
                        !(policy instanceof Yaml.Text text && text.value().isEmpty()))
                .ifPresent(policy -> {
                    throw policy.at()
                            .wrong("is " + policy.what()
                                    + ", expected none here: the target's policyOID in anchors.yaml" + " says it");
                });
        if (cadence.find("targets").isEmpty()) {
            return List.of(cadence.require("target", "target: \"file:disk\"").text());
        }
        List<Yaml> targets = cadence.find("targets").orElseThrow().items();
        if (targets.isEmpty() || cadence.find("target").isPresent()) {
            throw cadence.at().wrong("has target and targets, or no target at all, expected one of both");
        }
        return targets.stream().map(Yaml::text).toList();
    }

    private void unused(Yaml.Members namespace) {
        unused(namespace, "witnesses", "who admits records is the federation's business");
        unused(namespace, "schema_policy", "what is admitted is the federation's business");
        Yaml.Members cadence = namespace.require("cadence", "").members();
        cadence.values()
                .values()
                .forEach(each -> unused(
                        each.value().members(), "confirmations", "when a target is final is said in anchors.yaml"));
    }

    private void unused(Yaml.Members members, String key, String why) {
        members.find(key).ifPresent(node -> all.unused(node.at().wrong("is not used: " + why)));
    }
}
