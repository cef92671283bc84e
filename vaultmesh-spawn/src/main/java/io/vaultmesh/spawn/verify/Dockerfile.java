package io.vaultmesh.spawn.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The instructions of a Dockerfile, one string each, with what stands on continued lines. */
final class Dockerfile {

    private static final Set<String> INSTRUCTIONS = Set.of(
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR",
            "ADD",
            "ONBUILD");

    private Dockerfile() {}

    static List<String> instructions(String text) {
        List<String> instructions = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            boolean continued = line.endsWith("\\");
            current.append(continued ? line.substring(0, line.length() - 1) : line);
            if (!continued) {
                instructions.add(current.toString().strip());
                current.setLength(0);
            }
        }
        if (!current.isEmpty()) {
            instructions.add(current.toString().strip());
        }
        return instructions;
    }

    static Optional<String> problem(String text) {
        List<String> instructions = instructions(text);
        Optional<String> unknown = instructions.stream()
                .filter(instruction -> !INSTRUCTIONS.contains(word(instruction)))
                .findFirst()
                .map(instruction -> "has \"" + instruction + "\", which is no instruction");
        if (unknown.isPresent()) {
            return unknown;
        }
        return instructions.stream().anyMatch(instruction -> word(instruction).equals("FROM"))
                ? Optional.empty()
                : Optional.of("has no FROM");
    }

    private static String word(String instruction) {
        return instruction.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** The arguments of every instruction of one kind. */
    static Stream<String> of(String kind, String text) {
        return instructions(text).stream()
                .filter(instruction -> word(instruction).equals(kind))
                .map(instruction -> instruction.substring(kind.length()).strip());
    }
}
