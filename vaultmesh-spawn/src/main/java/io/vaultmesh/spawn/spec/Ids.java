package io.vaultmesh.spawn.spec;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Finds a constant by the name that it has in files. */
final class Ids {

    private Ids() {}

    static <T> T find(String field, T[] constants, Function<T, String> id, String wanted) {
        for (T constant : constants) {
            if (id.apply(constant).equals(wanted)) {
                return constant;
            }
        }
        String known = Arrays.stream(constants).map(id).collect(joining(", "));
        throw new SpecException(List.of(
                new SpecProblem(field, wanted, "is unknown", (constants.length == 1 ? "" : "one of ") + known)));
    }
}
