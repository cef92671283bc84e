package io.vaultmesh.spawn.verify;

import static java.util.stream.Collectors.toSet;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Whether every job that an alert or a dashboard asks about is one that Prometheus scrapes, by each of its configurations. */
final class ScrapeCheck {

    private static final String NAME = "scraped jobs";

    /** {@code job="x"} or {@code job=~"x|y"}. Variables of a dashboard are filled in later. */
    private static final Pattern ASKED = Pattern.compile("\\bjob\\s*(=~?)\\s*\"([^\"$\\\\]*)\"");

    private final ProjectFiles files;

    ScrapeCheck(ProjectFiles files) {
        this.files = files;
    }

    Stream<Check> checks() {
        Map<String, Set<String>> scraped = scraped();
        List<Check> bad = new ArrayList<>();
        int asked = 0;
        for (Expressions.Expression expression : Expressions.in(files)) {
            for (MatchResult job : ASKED.matcher(expression.text()).results().toList()) {
                asked++;
                scraped.forEach((file, names) -> {
                    if (names.stream().noneMatch(name -> matches(job, name))) {
                        bad.add(Check.fail(
                                NAME,
                                expression.place() + " asks for " + job.group() + ", and " + file + " scrapes "
                                        + names));
                    }
                });
            }
        }
        if (scraped.isEmpty() || asked == 0) {
            return Stream.empty();
        }
        return bad.isEmpty()
                ? Stream.of(Check.pass(NAME, asked + " times a job is asked about that is scraped"))
                : bad.stream().distinct();
    }

    private static boolean matches(MatchResult job, String name) {
        if (job.group(1).equals("=")) {
            return job.group(2).equals(name);
        }
        try {
            return Pattern.matches(job.group(2), name);
        } catch (PatternSyntaxException e) {
            // matches nothing, and Prometheus would refuse the rule
            return false;
        }
    }

    /** The names of the jobs, by the file that has them. */
    private Map<String, Set<String>> scraped() {
        Map<String, Set<String>> scraped = new TreeMap<>();
        files.matching("monitoring/.*\\.ya?ml").forEach(file -> {
            Set<String> names = names(file);
            if (!names.isEmpty()) {
                scraped.put(file.path().value(), names);
            }
        });
        return scraped;
    }

    private static Set<String> names(GeneratedFile file) {
        try {
            return ProjectFiles.yaml(file).stream()
                    .flatMap(document -> document.path("scrape_configs").findValues("job_name").stream())
                    .map(name -> name.asText())
                    .collect(toSet());
        } catch (IOException e) {
            // a file that is no YAML has a check of its own
            return Set.of();
        }
    }
}
