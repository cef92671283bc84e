package io.vaultmesh.spawn;

import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.toolchain.Toolchain;
import java.time.Instant;
import java.util.regex.Pattern;

/** Decides the date of a first commit. */
final class CommitDate {

    private static final String VARIABLE = "SOURCE_DATE_EPOCH";
    /** Up to 9999-12-31T23:59:59Z, where specifications end too. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final Toolchain environment;

    CommitDate(Toolchain environment) {
        this.environment = environment;
    }

    Instant of(ServiceSpec spec) {
        return spec.commitDate().orElseGet(this::fromEnvironment);
    }

    private Instant fromEnvironment() {
        String text = environment.variable(VARIABLE);
        if (text == null) {
            return Spawner.DEFAULT_COMMIT_DATE;
        }
        if (!SECONDS.matcher(text).matches() || Long.parseLong(text) > LAST_SECOND) {
            throw new IllegalStateException("environment variable " + VARIABLE + " is \"" + text
                    + "\", expected the seconds since 1970 in decimal digits, at most " + LAST_SECOND);
        }
        return Instant.ofEpochSecond(Long.parseLong(text));
    }
}
