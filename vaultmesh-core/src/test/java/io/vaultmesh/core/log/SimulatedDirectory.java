package io.vaultmesh.core.log;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names in a directory as processes see them, and those that are on the disk for sure. In between lie the changes since
 * the directory was last forced, of which a power loss leaves any, but of a renaming both names or none. Guarded by its disk.
 */
final class SimulatedDirectory {

    /** A change of names: {@code file} is under {@code to}, if that is not null, and no more under {@code from}. */
    private record Change(long time, String from, String to, Object node) {

        void apply(Map<String, Object> names) {
            if (from != null && (to == null || names.get(from) == node)) {
                names.remove(from);
            }
            if (to != null) {
                names.put(to, node);
            }
        }
    }

    private final Map<String, Object> names = new TreeMap<>(); // SimulatedFile or SimulatedDirectory
    private final Map<String, Object> durable = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    Object get(String name) {
        return names.get(name);
    }

    List<String> files() {
        return names.keySet().stream()
                .filter(name -> names.get(name) instanceof SimulatedFile)
                .toList();
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether what has a name has it for sure. */
    boolean isForced(String name) {
        return durable.get(name) == names.get(name);
    }

    void create(String name, Object node, long time) {
        change(new Change(time, null, name, node));
    }

    void rename(String from, String to, long time) {
        change(new Change(time, from, to, names.get(from)));
    }

    void delete(String name, long time) {
        change(new Change(time, name, null, names.get(name)));
    }

    private void change(Change change) {
        change.apply(names);
        changes.add(change);
    }

    void force() {
        durable.clear();
        durable.putAll(names);
        changes.clear();
    }

    void losePower(PowerLoss loss) {
        changes.stream().filter(change -> loss.keeps(change.time())).forEach(change -> change.apply(durable));
        changes.clear();
        names.clear();
        names.putAll(durable);
        names.values().forEach(node -> {
            if (node instanceof SimulatedFile file) {
                file.losePower(loss);
            } else {
                ((SimulatedDirectory) node).losePower(loss);
            }
        });
    }

    SimulatedDirectory copy(IdentityHashMap<Object, Object> copies) {
        SimulatedDirectory copy = new SimulatedDirectory();
        names.forEach((name, node) -> copy.names.put(name, copy(node, copies)));
        durable.forEach((name, node) -> copy.durable.put(name, copy(node, copies)));
        changes.forEach(change ->
                copy.changes.add(new Change(change.time(), change.from(), change.to(), copy(change.node(), copies))));
        return copy;
    }

    private static Object copy(Object node, IdentityHashMap<Object, Object> copies) {
        Object copy = copies.get(node);
        if (copy == null) {
            copy = node instanceof SimulatedFile file ? file.copy() : ((SimulatedDirectory) node).copy(copies);
            copies.put(node, copy);
        }
        return copy;
    }
}
