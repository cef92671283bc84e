package io.vaultmesh.examples.cli.shared;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Values of options that are the lower-case names of constants. */
public final class Names {

    private Names() {}

    /** The constant of a name; a message lists them all if there is none. */
    public static <E extends Enum<E>> E find(Class<E> type, String name) {
        E[] all = type.getEnumConstants();
        return Arrays.stream(all)
                .filter(value -> value.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected "
                        + list(Arrays.stream(all)
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .toList())
                        + ", but was '" + name + "'"));
    }

    /** Names as a sentence lists them: a, b or c. */
    static String list(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
