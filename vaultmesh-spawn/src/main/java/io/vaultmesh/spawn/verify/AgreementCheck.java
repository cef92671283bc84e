package io.vaultmesh.spawn.verify;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether name, port and settings are the same wherever they stand. */
final class AgreementCheck {

    private static final Pattern DEFAULT_PORT = Pattern.compile("(?m)^    port: int = ([0-9]+)$");
    private static final Pattern READ = Pattern.compile("\"([A-Z][A-Z0-9_]{2,})\"");
    private static final Pattern PORT = Pattern.compile("[0-9]{2,5}");
    private static final String PORTS = "ports";
    private static final String PORT_VARIABLE = "PORT";

    private final ProjectFiles files;
    private final ServiceSpec spec;
    private final String packageName;

    AgreementCheck(ProjectFiles files, ServiceSpec spec) {
        this.files = files;
        this.spec = spec;
        this.packageName = spec.name().value().replace('-', '_');
    }

    Stream<Check> checks() {
        return Stream.of(names(), ports(), settings()).flatMap(checks -> checks);
    }

    private Stream<Check> names() {
        if (spec.type() == ServiceType.INFRA) {
            // what it makes is called by its inputs, and it has no package
            return Stream.empty();
        }
        List<Check> bad = new ArrayList<>();
        String name = spec.name().value();
        files.matching("pyproject\\.toml").forEach(file -> {
            try {
                String found =
                        ProjectFiles.toml(file).path("project").path("name").asText();
                if (!found.equals(name)) {
                    bad.add(Check.fail("names", "pyproject.toml calls the project " + found + ", expected " + name));
                }
            } catch (IOException e) {
                bad.add(Check.fail("names", "pyproject.toml can't be read: " + e.getMessage()));
            }
            if (!files.exists("src/" + packageName)) {
                bad.add(Check.fail("names", "there is no package src/" + packageName));
            }
        });
        files.yamlDocuments("deploy/.*\\.ya?ml").forEach(document -> {
            JsonNode label = document.path("metadata").path("labels").path("app.kubernetes.io/name");
            if (!label.isMissingNode() && !label.asText().equals(name)) {
                bad.add(Check.fail("names", "a manifest has the label name " + label.asText() + ", expected " + name));
            }
        });
        return bad.isEmpty() ? Stream.of(Check.pass("names", "project and package are called " + name)) : bad.stream();
    }

    private Stream<Check> ports() {
        Map<String, Set<String>> found = new TreeMap<>();
        files.matching("src/" + packageName + "/settings\\.py")
                .forEach(file -> DEFAULT_PORT
                        .matcher(file.content().text())
                        .results()
                        .forEach(match -> put(found, match.group(1), file)));
        if (found.isEmpty()) {
            return Stream.empty();
        }
        files.matching("Dockerfile").forEach(file -> {
            Dockerfile.of("EXPOSE", file.content().text()).forEach(port -> put(found, port, file));
            Dockerfile.of("HEALTHCHECK", file.content().text())
                    .flatMap(check ->
                            Pattern.compile(":([0-9]{2,5})/").matcher(check).results())
                    .forEach(match -> put(found, match.group(1), file));
            // one with a quote that isn't closed has failed its own check
            if (Dockerfile.problem(file.content().text()).isEmpty()) {
                put(found, Dockerfile.values("ENV", file.content().text()).getOrDefault(PORT_VARIABLE, ""), file);
            }
        });
        files.matching("deploy/.*\\.ya?ml")
                .forEach(file ->
                        documents(file).flatMap(AgreementCheck::portsOfPods).forEach(port -> put(found, port, file)));
        builtServices()
                .forEach(service -> service.getValue()
                        .path("ports")
                        .forEach(port -> put(found, port.asText().replaceFirst(".*:", ""), "compose.yaml")));
        Set<String> hosts =
                builtServices().map(service -> service.getKey() + ":").collect(toSet());
        files.matching("monitoring/.*\\.ya?ml")
                .forEach(file -> documents(file)
                        .flatMap(document -> document.findValues("targets").stream())
                        .flatMap(targets -> StreamSupport.stream(targets.spliterator(), false))
                        .map(JsonNode::asText)
                        .filter(target -> hosts.stream().anyMatch(target::startsWith))
                        .forEach(target -> put(found, target.replaceFirst(".*:", ""), file)));
        return found.size() == 1
                ? Stream.of(Check.pass(
                        PORTS,
                        "port " + found.keySet().iterator().next() + " in "
                                + String.join(", ", found.values().iterator().next())))
                : Stream.of(Check.fail(PORTS, "the service has the ports " + found));
    }

    /** Where containers listen, and where they are told to. */
    private static Stream<String> portsOfPods(JsonNode document) {
        Stream<String> listened = document.findValues("containerPort").stream().map(JsonNode::asText);
        Stream<String> told = document.findValues("env").stream()
                .flatMap(env -> StreamSupport.stream(env.spliterator(), false))
                .filter(variable -> variable.path("name").asText().equals(PORT_VARIABLE))
                .map(variable -> variable.path("value").asText());
        Stream<String> configured = document.findValues("literals").stream()
                .flatMap(literals -> StreamSupport.stream(literals.spliterator(), false))
                .map(JsonNode::asText)
                .filter(literal -> literal.startsWith(PORT_VARIABLE + "="))
                .map(literal -> literal.substring(PORT_VARIABLE.length() + 1));
        return Stream.of(listened, told, configured).flatMap(ports -> ports);
    }

    private static void put(Map<String, Set<String>> found, String port, GeneratedFile file) {
        put(found, port, file.path().value());
    }

    private static void put(Map<String, Set<String>> found, String port, String path) {
        if (PORT.matcher(port).matches()) {
            found.computeIfAbsent(port, none -> new TreeSet<>()).add(path);
        }
    }

    private static Stream<JsonNode> documents(GeneratedFile file) {
        try {
            return ProjectFiles.yaml(file).stream();
        } catch (IOException e) {
            // a file that is no YAML has a check of its own
            return Stream.empty();
        }
    }

    /** The services of the composition that are built from this project. */
    private Stream<Map.Entry<String, JsonNode>> builtServices() {
        return files.yamlDocuments("compose\\.ya?ml")
                .flatMap(document -> document.path("services").properties().stream())
                .filter(entry -> entry.getValue().has("build"));
    }

    /** Whoever sets a variable for the service must be heard by it. */
    private Stream<Check> settings() {
        Set<String> read = new TreeSet<>();
        files.matching("src/.*\\.py")
                .flatMap(file -> READ.matcher(file.content().text()).results())
                .map(MatchResult::group)
                .forEach(quoted -> read.add(quoted.substring(1, quoted.length() - 1)));
        if (read.isEmpty()) {
            return Stream.empty();
        }
        Map<String, String> set = new TreeMap<>();
        files.matching("deploy/.*\\.ya?ml")
                .forEach(file -> documents(file).forEach(document -> {
                    document.findValues("env")
                            .forEach(env -> env.forEach(variable -> set.put(
                                    variable.path("name").asText(), file.path().value())));
                    document.path("configMapGenerator")
                            .forEach(generator -> generator
                                    .path("literals")
                                    .forEach(literal -> set.put(
                                            literal.asText().replaceFirst("=.*", ""),
                                            file.path().value())));
                }));
        builtServices()
                .forEach(service -> service.getValue()
                        .path("environment")
                        .fieldNames()
                        .forEachRemaining(name -> set.put(name, "compose.yaml")));
        List<Check> bad = set.entrySet().stream()
                .filter(entry -> !read.contains(entry.getKey()))
                .map(entry -> Check.fail(
                        "settings", entry.getValue() + " sets " + entry.getKey() + ", which the service doesn't read"))
                .toList();
        return bad.isEmpty()
                ? Stream.of(Check.pass("settings", set.size() + " variables that are set are read"))
                : bad.stream();
    }
}
