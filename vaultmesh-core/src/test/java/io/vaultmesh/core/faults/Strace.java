package io.vaultmesh.core.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a command under strace, which watches or breaks its system calls on the files of one directory. */
final class Strace {

    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\w+)\\(.*");

    private Strace() {}

    /** The command that writes down its system calls, with the paths of the files. */
    static List<String> watching(Path output, List<String> command) {
        return command(output, List.of("--seccomp-bpf", "-y", "-s", "0"), command);
    }

    /** The command that meets a fault when it touches one of the files. */
    static List<String> breaking(Fault fault, SortedSet<String> files, Path output, List<String> command) {
        List<String> options = new ArrayList<>(List.of("-s", "0", "-e", fault.option()));
        files.forEach(file -> options.addAll(List.of("-P", file)));
        if (!fault.kills()) {
            options.add("--seccomp-bpf"); // faster; but strace 6.1 sends no signal with it
        }
        return command(output, options, command);
    }

    private static List<String> command(Path output, List<String> options, List<String> command) {
        List<String> whole =
                new ArrayList<>(List.of("strace", "-f", "-qq", "-o", output.toString(), "-e", "trace=" + calls()));
        whole.addAll(options);
        whole.addAll(command);
        return whole;
    }

    /** All calls, those marked that another architecture doesn't have. */
    private static String calls() {
        return String.join(",", Fault.CALLS.stream().map(call -> "?" + call).toList());
    }

    /** The paths below a directory that a watched command touched. */
    static SortedSet<String> paths(Path output, Path directory) throws IOException {
        Pattern path = Pattern.compile(Pattern.quote(directory.toString()) + "[^\"<>]*");
        SortedSet<String> paths = new TreeSet<>();
        try (Stream<String> lines = Files.lines(output)) {
            lines.map(path::matcher).forEach(found -> {
                while (found.find()) {
                    paths.add(found.group().replace(" (deleted)", ""));
                }
            });
        }
        return paths;
    }

    /** How often a watched command made each call below a directory: the most that one thread did. */
    static SortedMap<String, Integer> occurrences(Path output, Path directory) throws IOException {
        Map<String, Integer> ofThreads = new HashMap<>();
        SortedMap<String, Integer> most = new TreeMap<>();
        try (Stream<String> lines = Files.lines(output)) {
            for (String line :
                    lines.filter(each -> each.contains(directory.toString())).toList()) {
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    int count = ofThreads.merge(parts.group(1) + " " + parts.group(2), 1, Integer::sum);
                    most.merge(parts.group(2), count, Math::max);
                }
            }
        }
        return most;
    }

    /** How many calls strace made fail. */
    static long injected(Path output) throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> line.contains("(INJECTED)")).count();
        }
    }
}
