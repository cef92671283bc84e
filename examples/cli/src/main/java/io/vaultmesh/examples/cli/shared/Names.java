package io.vaultmesh.examples.cli.shared;

import java.util.Arrays;
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
                                .toArray(String[]::new))
                        + ", but was '" + name + "'"));
    }

    private static String list(String... names) {
        int last = names.length - 1;
        return last == 0 ? names[0] : String.join(", ", Arrays.copyOf(names, last)) + " or " + names[last];
    }
}
