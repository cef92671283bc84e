package io.vaultmesh.scheduler.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code anchors.yaml}: types of targets, in each the targets by name. The one that is called {@code default} stands for every
 * name of its type that has none of its own.
 */
final class AnchorsYaml {

    private static final String DEFAULT = "default";

    private final Path directory;
    private final Map<String, Set<String>> types;
    private final Function<String, Optional<String>> environment;
    private final Map<String, Yaml> targets = new LinkedHashMap<>();

    private AnchorsYaml(
            Path directory, Map<String, Set<String>> types, Function<String, Optional<String>> environment) {
        this.directory = directory;
        this.types = types;
        this.environment = environment;
    }

    /**
     * Reads the file, and looks at its form, which is all that can make it useless as a whole.
     *
     * @param types the keys that targets of each type may have; types that aren't here may have any
     * @throws ConfigException if its form isn't right, or it holds a secret
     */
    static AnchorsYaml read(
            Yaml root, Path directory, Map<String, Set<String>> types, Function<String, Optional<String>> environment) {
        Secrets.refuse(root);
        AnchorsYaml anchors = new AnchorsYaml(directory, types, environment);
        root.members()
                .values()
                .forEach((type, section) -> section.value().members().values().forEach((name, target) -> {
                    anchors.add(type, name, target);
                }));
        return anchors;
    }

    private void add(String type, String name, Yaml.Member target) {
        String whole = type + ":" + name;
        try {
            targets.put(Lane.requireTarget(whole), target.value());
        } catch (IllegalArgumentException e) {
            throw target.key().wrong("can't be the name of a target: " + e.getMessage());
        }
        Set<String> keys = types.get(type);
        if (keys != null && target.value() instanceof Yaml.Members members) {
            List<String> all = new ArrayList<>(keys.stream().sorted().toList());
            all.add(TargetSettings.INTERVAL);
            all.add(TargetSettings.FAILURES);
            members.only(all);
        }
    }

    /**
     * The settings of a target.
     *
     * @throws IllegalArgumentException if nobody knows its type, or it isn't defined
     * @throws ConfigException if its settings aren't right
     */
    TargetSettings settings(String target) {
        String type = target.substring(0, target.indexOf(':'));
        if (!types.containsKey(type)) {
            throw new IllegalArgumentException("nobody registered targets of type " + type + ", expected one of "
                    + String.join(", ", types.keySet().stream().sorted().toList()));
        }
        Yaml section = targets.getOrDefault(target, targets.get(type + ":" + DEFAULT));
        if (section == null) {
            throw new IllegalArgumentException("it is not in anchors.yaml, expected one of " + known());
        }
        return TargetSettings.of(target, section.members(), directory, environment);
    }

    private List<String> known() {
        return targets.keySet().stream()
                .filter(name -> types.containsKey(name.substring(0, name.indexOf(':'))))
                .map(name -> name.endsWith(":" + DEFAULT) ? name.replace(":" + DEFAULT, ":<any>") : name)
                .toList();
    }
}
