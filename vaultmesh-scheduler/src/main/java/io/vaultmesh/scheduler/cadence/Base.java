package io.vaultmesh.scheduler.cadence;

import java.util.Locale;

/** The two named cadences of a namespace, which others may be multiples of. */
public enum Base {
    /** The cadence of cheap targets, such as a timestamp authority. */
    FAST,
    /** The cadence of expensive targets, such as a chain. */
    STRONG;

    static Base parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in lower case, as a {@link Cadence} is written. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
