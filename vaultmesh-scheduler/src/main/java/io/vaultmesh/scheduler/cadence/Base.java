package io.vaultmesh.scheduler.cadence;

import java.util.Locale;

/** The named cadences of a namespace. One may be a multiple of fast or strong, and none is one of cold. */
public enum Base {
    /** The cadence of cheap targets, such as a timestamp authority. */
    FAST,
    /** The cadence of expensive targets, such as a chain. */
    STRONG,
    /** The cadence of targets that are kept for long, such as an archive. */
    COLD;

    static Base parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in lower case, as a {@link Cadence} is written. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
