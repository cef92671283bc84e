package io.vaultmesh.scheduler.config;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.cadence.DueGrid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code namespaces.yaml} and {@code anchors.yaml} say together.
 *
 * <p>The line between a file that is refused and a namespace that is left out: what can't be read as the operator meant it
 * spoils the file, since nobody knows what else is meant otherwise. That is YAML that isn't well-formed or of the wrong kind, an
 * unknown key, a key that is there twice, a name in {@code anchors.yaml} that no target can have, and a secret. What is read, and
 * makes no sense, spoils the namespace that it is said of: an illegal name, a cadence that is missing or none, a target that
 * nobody registered or defined, or whose settings aren't right, such as a variable that isn't set or a key file that others may
 * read. Settings of a target that no namespace names are not looked at.
 *
 * <p>Immutable and thread-safe.
 *
 * @param lanes what is anchored, with the times at which it is due, in the order of the file
 * @param targets the settings of the targets that the lanes name
 * @param leftOut the namespaces that are left out, each with the reason, which begins with file, line and column
 * @param unused what the files say that has no place here, each as a line for people
 */
public record FileConfig(
        Map<Lane, DueGrid> lanes,
        Map<String, TargetSettings> targets,
        Map<String, String> leftOut,
        List<String> unused) {

    /**
     * Creates it.
     *
     * @param lanes what is anchored, with the times at which it is due
     * @param targets the settings of the targets that the lanes name
     * @param leftOut the namespaces that are left out, each with the reason
     * @param unused what the files say that has no place here
     */
    public FileConfig {
        lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        unused = List.copyOf(unused);
    }

    /**
     * The same without the namespaces that name a target which can't be made.
     *
     * @param target the target's name
     * @param reason why it can't be made
     * @return what is left
     */
    public FileConfig without(String target, String reason) {
        Set<NamespaceName> out = lanes.keySet().stream()
                .filter(lane -> lane.target().equals(target))
                .map(Lane::namespace)
                .collect(Collectors.toSet());
        Map<Lane, DueGrid> left = new LinkedHashMap<>(lanes);
        left.keySet().removeIf(lane -> out.contains(lane.namespace()));
        Map<String, TargetSettings> named = new LinkedHashMap<>(targets);
        named.keySet().retainAll(left.keySet().stream().map(Lane::target).collect(Collectors.toSet()));
        Map<String, String> reasons = new LinkedHashMap<>(leftOut);
        out.forEach(name -> reasons.put(name.value(), reason));
        return new FileConfig(left, named, reasons, unused);
    }

    /** What is found while the files are read. */
    static final class Collector {

        private final Map<Lane, DueGrid> lanes = new LinkedHashMap<>();
        private final Map<String, TargetSettings> targets = new LinkedHashMap<>();
        private final Map<String, String> leftOut = new LinkedHashMap<>();
        private final List<String> unused = new ArrayList<>();

        void add(Map<Lane, DueGrid> more, Map<String, TargetSettings> named) {
            lanes.putAll(more);
            targets.putAll(named);
        }

        void leaveOut(String namespace, String reason) {
            leftOut.put(namespace, reason);
        }

        void unused(ConfigException line) {
            unused.add(String.valueOf(line.getMessage()));
        }

        FileConfig config() {
            return new FileConfig(lanes, targets, leftOut, unused);
        }
    }
}
