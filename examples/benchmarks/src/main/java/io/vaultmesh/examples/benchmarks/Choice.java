package io.vaultmesh.examples.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param comparisons what is measured
 * @param rounds how often
 * @param quick fewer iterations
 * @param logs where prepared logs are kept from run to run; without it they are built anew and deleted
 */
record Choice(List<Comparison> comparisons, int rounds, boolean quick, Optional<Path> logs) {

    static final String USAGE = """
            Arguments: [--quick] [--rounds N] [--logs DIR] [NAME...]
              --quick     one round and fewer iterations
              --rounds N  each benchmark runs N times, in turns with the others; 3 unless given
              --logs DIR  keeps the prepared logs in DIR and finds them there again
              NAME        measures these only: %s
            The property vaultmesh.benchmarks.dir says where files are written, by default the working directory.
            """.formatted(String.join(", ", names(Comparison.ALL)));

    private static final int ROUNDS = 3;

    Choice {
        comparisons = List.copyOf(comparisons);
    }

    /** Reads the command line; an argument that means nothing is an {@link IllegalArgumentException}. */
    static Choice of(String... arguments) {
        boolean quick = false;
        int rounds = 0;
        Optional<Path> logs = Optional.empty();
        Set<String> names = new LinkedHashSet<>();
        List<String> rest = new ArrayList<>(Arrays.asList(arguments));
        while (!rest.isEmpty()) {
            String argument = rest.remove(0);
            switch (argument) {
                case "--quick" -> quick = true;
                case "--rounds" -> rounds = positive(valueOf(argument, rest));
                case "--logs" ->
                    logs = Optional.of(Path.of(valueOf(argument, rest)).toAbsolutePath());
                default -> names.add(known(argument));
            }
        }
        List<Comparison> comparisons = Comparison.ALL.stream()
                .filter(comparison -> names.isEmpty() || names.contains(comparison.name()))
                .toList();
        return new Choice(comparisons, rounds > 0 ? rounds : quick ? 1 : ROUNDS, quick, logs);
    }

    private static String valueOf(String argument, List<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(argument + " lacks its value");
        }
        return rest.remove(0);
    }

    private static int positive(String number) {
        if (!number.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("the number of rounds is \"" + number + "\", expected 1 to 9999");
        }
        return Integer.parseInt(number);
    }

    private static String known(String name) {
        if (!names(Comparison.ALL).contains(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no option and no name of a comparison");
        }
        return name;
    }

    private static Set<String> names(List<Comparison> comparisons) {
        Set<String> names = new LinkedHashSet<>();
        comparisons.forEach(comparison -> names.add(comparison.name()));
        return names;
    }
}
