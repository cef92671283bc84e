package io.vaultmesh.spawn.verify;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a project as the checks look at them: by name, and read by the parser of their format. */
final class ProjectFiles {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectMapper TOML = new TomlMapper();

    private final FileTree tree;
    private final Set<String> directories = new HashSet<>();

    ProjectFiles(FileTree tree) {
        this.tree = tree;
        directories.add("");
        for (GeneratedFile file : tree) {
            String path = file.path().value();
            for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
                directories.add(path.substring(0, end));
            }
        }
    }

    Stream<GeneratedFile> all() {
        return tree.files().stream();
    }

    Stream<GeneratedFile> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return all().filter(file -> pattern.matcher(file.path().value()).matches());
    }

    Optional<String> text(String path) {
        return tree.find(RelativePath.of(path)).map(file -> file.content().text());
    }

    /** Whether there is a file or a directory of that path; {@code ""} is the project itself. */
    boolean exists(String path) {
        String stripped = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (directories.contains(stripped)) {
            return true;
        }
        try {
            return tree.find(RelativePath.of(stripped)).isPresent();
        } catch (IllegalArgumentException e) {
            // what can't be generated isn't there
            return false;
        }
    }

    /** The path that a relative reference means when it stands in a directory; empty if it leads outside. */
    static Optional<String> resolve(String directory, String reference) {
        String joined = directory.isEmpty() || reference.startsWith("/") ? reference : directory + "/" + reference;
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : joined.split("/", -1)) {
            if (segment.equals("..")) {
                if (segments.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return Optional.of(String.join("/", segments));
    }

    static String directoryOf(GeneratedFile file) {
        String path = file.path().value();
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** The documents of a YAML file. */
    static List<JsonNode> yaml(GeneratedFile file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.content().text())) {
            return documents.readAll();
        }
    }

    static JsonNode toml(GeneratedFile file) throws IOException {
        return TOML.readTree(file.content().text());
    }

    /** The documents of YAML files; a file that is none has a check of its own. */
    Stream<JsonNode> yamlDocuments(String regex) {
        return matching(regex).flatMap(file -> {
            try {
                return yaml(file).stream();
            } catch (IOException e) {
                return Stream.empty();
            }
        });
    }
}
