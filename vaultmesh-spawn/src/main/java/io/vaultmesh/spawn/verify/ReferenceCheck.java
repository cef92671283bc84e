package io.vaultmesh.spawn.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether the files and modules that a Dockerfile, a composition, a kustomization and a workflow name are there. */
final class ReferenceCheck {

    /** {@code python -m module}, as words or as a list of strings. */
    private static final Pattern MODULE = Pattern.compile("\\bpython[0-9.]*[\", ]+-m[\", ]+([A-Za-z_][A-Za-z0-9_.]*)");

    private final ProjectFiles files;
    private final List<Check> bad = new ArrayList<>();
    private int references;

    ReferenceCheck(ProjectFiles files) {
        this.files = files;
    }

    Stream<Check> checks() {
        files.matching("(?:.*/)?Dockerfile").forEach(this::dockerfile);
        eachDocument("(?:.*/)?compose\\.ya?ml", this::composition);
        eachDocument("(?:.*/)?kustomization\\.ya?ml", this::kustomization);
        files.matching("\\.github/workflows/.*").forEach(this::scripts);
        files.matching("Makefile").forEach(this::scripts);
        return bad.isEmpty()
                ? Stream.of(Check.pass("references", references + " named files are there"))
                : bad.stream();
    }

    private interface Visitor {
        void visit(GeneratedFile file, JsonNode document);
    }

    private void eachDocument(String regex, Visitor visitor) {
        files.matching(regex).forEach(file -> {
            try {
                ProjectFiles.yaml(file).forEach(document -> visitor.visit(file, document));
            } catch (IOException e) {
                bad.add(Check.fail(file.path().value(), "can't be read: " + e.getMessage()));
            }
        });
    }

    private void dockerfile(GeneratedFile file) {
        String text = file.content().text();
        List<String> stages = Dockerfile.of("FROM", text)
                .map(from -> from.replaceFirst("(?i).*\\sAS\\s+", ""))
                .toList();
        Dockerfile.of("COPY", text).forEach(copy -> {
            List<String> words = Arrays.stream(copy.split("\\s+")).toList();
            Optional<String> stage = words.stream()
                    .filter(word -> word.startsWith("--from="))
                    .map(word -> word.substring("--from=".length()))
                    .findFirst();
            if (stage.isPresent()) {
                require(file, stages.contains(stage.get()), "stage " + stage.get());
                return;
            }
            List<String> paths =
                    words.stream().filter(word -> !word.startsWith("--")).toList();
            paths.subList(0, paths.size() - 1).forEach(path -> requireFile(file, "", path));
        });
        // of several, the last one counts
        Stream.of("ENTRYPOINT", "CMD")
                .flatMap(kind -> Dockerfile.of(kind, text).reduce((first, last) -> last).stream())
                .flatMap(command -> MODULE.matcher(command).results())
                .map(match -> match.group(1))
                .forEach(module -> require(file, isModule(module), "module " + module));
    }

    /** Whether Python finds what {@code -m} names: a package that can be run, a module, or what a dependency brings. */
    private boolean isModule(String module) {
        String path = "src/" + module.replace('.', '/');
        if (files.exists(path + "/__main__.py") || files.exists(path + ".py")) {
            return true;
        }
        String distribution = module.replaceFirst("\\..*", "").replace('_', '-');
        return files.text("pyproject.toml")
                .filter(text -> Pattern.compile("(?im)^ *\"" + Pattern.quote(distribution) + "[\">=<~!;\\[ ]")
                        .matcher(text)
                        .find())
                .isPresent();
    }

    private void composition(GeneratedFile file, JsonNode document) {
        // all compositions are used from the project's directory
        for (JsonNode service : document.path("services")) {
            JsonNode build = service.path("build");
            if (!build.isMissingNode()) {
                String context = build.isTextual()
                        ? build.asText()
                        : build.path("context").asText(".");
                String dockerfile = build.path("dockerfile").asText("Dockerfile");
                requireFile(file, context, dockerfile);
            }
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.isTextual()
                        ? volume.asText().replaceFirst(":.*", "")
                        : volume.path("type").asText().equals("bind")
                                ? volume.path("source").asText()
                                : "";
                if (source.startsWith(".")) {
                    requireFile(file, "", source);
                }
            }
        }
        for (String kind : List.of("configs", "secrets")) {
            document.path(kind).forEach(entry -> {
                if (entry.has("file")) {
                    requireFile(file, "", entry.path("file").asText());
                }
            });
        }
    }

    private void kustomization(GeneratedFile file, JsonNode document) {
        String directory = ProjectFiles.directoryOf(file);
        Stream<JsonNode> named = Stream.of("resources", "components")
                .flatMap(kind -> StreamSupport.stream(document.path(kind).spliterator(), false));
        Stream<JsonNode> patches = StreamSupport.stream(document.path("patches").spliterator(), false)
                .map(patch -> patch.path("path"))
                .filter(path -> !path.isMissingNode());
        Stream<JsonNode> generated = StreamSupport.stream(
                        document.path("configMapGenerator").spliterator(), false)
                .flatMap(generator ->
                        StreamSupport.stream(generator.path("files").spliterator(), false));
        Stream.of(named, patches, generated)
                .flatMap(references -> references)
                .forEach(reference ->
                        requireFile(file, directory, reference.asText().replaceFirst("^[^=/]+=", "")));
    }

    /** The scripts and directories of the project that are named in commands. */
    private void scripts(GeneratedFile file) {
        file.content()
                .text()
                .lines()
                .flatMap(line -> Arrays.stream(line.split("[\\s'\"`()=]+")))
                .filter(word ->
                        word.matches("(?:\\./)?(?:scripts|monitoring|deploy|docs|tests|examples)/[A-Za-z0-9_./-]+"))
                .forEach(word -> requireFile(file, "", word));
    }

    private void requireFile(GeneratedFile file, String directory, String reference) {
        Optional<String> path = ProjectFiles.resolve(directory, reference);
        require(file, path.isPresent() && files.exists(path.get()), reference);
    }

    private void require(GeneratedFile file, boolean isThere, String what) {
        references++;
        if (!isThere) {
            bad.add(Check.fail(file.path().value(), "names " + what + ", which isn't there"));
        }
    }
}
