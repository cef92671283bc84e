package io.vaultmesh.spawn.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Instructions whose arguments are names with values. */
    private static final List<String> PAIRED = List.of("ENV", "LABEL");

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
        if (instructions.stream().noneMatch(instruction -> word(instruction).equals("FROM"))) {
            return Optional.of("has no FROM");
        }
        try {
            for (String kind : PAIRED) {
                Map<String, String> unused = values(kind, text);
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
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

    /**
     * What the instructions of a kind set, {@code LABEL} or {@code ENV}; of two values of one name the last. Variables
     * stay as they are written.
     *
     * @throws IllegalArgumentException if a quote isn't closed, or a word is no pair; the message is about the file
     */
    static Map<String, String> values(String kind, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        of(kind, text).forEach(arguments -> {
            List<String> words = words(kind, arguments);
            if (!words.isEmpty() && !words.get(0).contains("=")) {
                // the old form has one name, and all that follows is its value
                values.put(words.get(0), String.join(" ", words.subList(1, words.size())));
                return;
            }
            for (String word : words) {
                int equals = word.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("has \"" + word + "\" in " + kind + ", expected name=value");
                }
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
        });
        return values;
    }

    /** The words of an instruction, without their quotes. */
    private static List<String> words(String kind, String arguments) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            char next = i + 1 < arguments.length() ? arguments.charAt(i + 1) : 0;
            if (quote == 0 && (c == ' ' || c == '\t')) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
                continue;
            }
            inWord = true;
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '\\' && (quote == 0 || (quote == '"' && "\"\\$".indexOf(next) >= 0))) {
                word.append(next);
                i++;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("has a quote " + quote + " in " + kind + " that isn't closed");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
