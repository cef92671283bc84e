package io.vaultmesh.spawn.verify;

import static java.util.stream.Collectors.toSet;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether what Markdown files link to is there, and the commands that they show exist. */
final class LinkCheck {

    private static final Pattern ABSOLUTE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|//.*");
    private static final Pattern MAKE = Pattern.compile("(?:^|&& |; )make ([a-z][a-z-]*)");
    private static final Pattern TARGET = Pattern.compile("(?m)^([A-Za-z0-9_ -]+):(?!=)");

    private final ProjectFiles files;
    private final Map<String, MarkdownText> texts = new HashMap<>();
    private int links;
    private int commands;

    LinkCheck(ProjectFiles files) {
        this.files = files;
        files.matching(".*\\.md").forEach(file -> texts.put(file.path().value(), MarkdownText.parse(file)));
    }

    Stream<Check> checks() {
        List<Check> bad = new ArrayList<>();
        files.matching(".*\\.md").forEach(file -> {
            MarkdownText text = text(file.path().value());
            for (String link : text.links()) {
                links++;
                problem(file, link)
                        .map(problem -> Check.fail(file.path().value(), problem))
                        .ifPresent(bad::add);
            }
        });
        Set<String> targets = targets();
        files.matching(".*\\.md")
                .forEach(file -> unknownTargets(
                                file.path().value(), text(file.path().value()).commands().stream(), targets)
                        .forEach(bad::add));
        files.matching("\\.github/workflows/.*\\.ya?ml")
                .forEach(file -> unknownTargets(
                                file.path().value(),
                                file.content().text().lines().map(line -> line.replaceFirst("^[ -]*(?:run: *)?", "")),
                                targets)
                        .forEach(bad::add));
        return bad.isEmpty()
                ? Stream.of(
                        Check.pass("links", links + " links of Markdown files lead somewhere"),
                        Check.pass("commands", commands + " calls of make name a target"))
                : bad.stream();
    }

    private MarkdownText text(String path) {
        MarkdownText text = texts.get(path);
        if (text == null) {
            throw new IllegalStateException(path + " was not read");
        }
        return text;
    }

    private Optional<String> problem(GeneratedFile file, String link) {
        if (ABSOLUTE.matcher(link).matches()) {
            return Optional.empty();
        }
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        String target = path.isEmpty()
                ? file.path().value()
                : ProjectFiles.resolve(ProjectFiles.directoryOf(file), path).orElse("..");
        if (!files.exists(target)) {
            return Optional.of("links to " + link + ", which isn't there");
        }
        if (hash >= 0 && texts.containsKey(target) && !text(target).anchors().contains(link.substring(hash + 1))) {
            return Optional.of("links to " + link + ", and there is no such heading");
        }
        return Optional.empty();
    }

    private Set<String> targets() {
        return TARGET.matcher(files.text("Makefile").orElse(""))
                .results()
                .flatMap(match -> Stream.of(match.group(1).split(" ")))
                .collect(toSet());
    }

    private Stream<Check> unknownTargets(String path, Stream<String> lines, Set<String> targets) {
        return lines.flatMap(line -> MAKE.matcher(line).results().map(match -> match.group(1)))
                .peek(target -> commands++)
                .filter(target -> !targets.contains(target))
                .map(target -> Check.fail(path, "calls make " + target + ", and the Makefile has no such target"));
    }
}
