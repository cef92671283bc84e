package io.vaultmesh.spawn.spec;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which languages and features go with which type. */
final class Combinations {

    private static final Set<ServiceType> WITHOUT_FEATURES = Set.of(ServiceType.TOOL, ServiceType.INFRA);

    private Combinations() {}

    /** The language of a type whose specification names none. */
    static Language language(ServiceType type) {
        return type == ServiceType.INFRA ? Language.TERRAFORM : Language.PYTHON;
    }

    /** What a project of a type is called in a text. */
    static String noun(ServiceType type) {
        return switch (type) {
            case SERVICE, API, WORKER -> "service";
            case TOOL -> "tool";
            case INFRA -> "module";
        };
    }

    static List<ServiceType> withoutFeatures() {
        return types(WITHOUT_FEATURES::contains);
    }

    /** What doesn't go together, each with what would. */
    static List<SpecProblem> problems(ServiceType type, Language language, Collection<Feature> features) {
        List<SpecProblem> problems = new ArrayList<>();
        if (language != language(type)) {
            problems.add(new SpecProblem(
                    "language",
                    language.id(),
                    "is no language of type " + type.id(),
                    language(type).id()));
        }
        if (WITHOUT_FEATURES.contains(type)) {
            features.forEach(feature -> problems.add(problem(type, feature)));
        }
        return problems;
    }

    private static SpecProblem problem(ServiceType type, Feature feature) {
        String field = feature instanceof Feature.MessageQueue ? SpecJson.MESSAGE_QUEUE : SpecJson.MCP_SERVER;
        String value =
                feature instanceof Feature.MessageQueue queue ? queue.broker().id() : "true";
        String able = types(other -> !WITHOUT_FEATURES.contains(other)).stream()
                .map(ServiceType::id)
                .collect(joining(", "));
        return new SpecProblem(
                field, value, "is nothing that type " + type.id() + " has", "none, or one of the types " + able);
    }

    private static List<ServiceType> types(Predicate<ServiceType> wanted) {
        return Arrays.stream(ServiceType.values()).filter(wanted).toList();
    }
}
