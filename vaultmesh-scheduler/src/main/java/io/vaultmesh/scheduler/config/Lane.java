package io.vaultmesh.scheduler.config;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.cadence.Base;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What is anchored where, and how often: one namespace, one cadence, one target. In each lane at most one anchor is under way.
 * Immutable and thread-safe.
 *
 * @param namespace whose checkpoints are anchored
 * @param cadence which of the namespace's cadences says when
 * @param target the name of the target, in the manner of CAIP-2, such as {@code rfc3161:freetsa}
 */
public record Lane(NamespaceName namespace, Base cadence, String target) {

    // as peers name chains; possessive: a text can't be matched in two ways
    private static final Pattern TARGET = Pattern.compile("[-a-z0-9]{3,8}+:[-_.a-zA-Z0-9]{1,64}+");
    private static final int MOST_SHOWN = 80;

    /**
     * Creates a lane.
     *
     * @param namespace whose checkpoints are anchored
     * @param cadence which of the namespace's cadences says when
     * @param target the name of the target
     * @throws IllegalArgumentException if the target's name is not 3 to 8 of a-z, 0-9 and {@code -}, a colon, and 1 to 64 of
     *     a-z, A-Z, 0-9, {@code -}, {@code _} and {@code .}
     */
    public Lane {
        target = requireTarget(target);
    }

    /**
     * Checks the name of a target.
     *
     * @param target the name
     * @return the name
     * @throws IllegalArgumentException if it is not 3 to 8 of a-z, 0-9 and {@code -}, a colon, and 1 to 64 of a-z, A-Z, 0-9,
     *     {@code -}, {@code _} and {@code .}
     */
    public static String requireTarget(String target) {
        if (!TARGET.matcher(target).matches()) {
            String shown = target.length() <= MOST_SHOWN ? target : target.substring(0, MOST_SHOWN) + "…";
            throw new IllegalArgumentException(
                    "target is \"" + shown + "\", expected as rfc3161:freetsa: 3 to 8 of a-z,"
                            + " 0-9 and -, a colon, and 1 to 64 of a-z, A-Z, 0-9, -, _ and .");
        }
        return target;
    }

    /**
     * Reads a lane.
     *
     * @param text what {@link #toString} gives
     * @return the lane
     * @throws IllegalArgumentException if it is not one
     */
    public static Lane parse(String text) {
        String[] parts = text.split("/", -1);
        Base cadence = Arrays.stream(Base.values())
                .filter(base -> parts.length == 3 && base.toString().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a lane is \"" + text
                        + "\", expected a namespace, fast, strong or cold, and a target, with / between them"));
        return new Lane(new NamespaceName(parts[0]), cadence, parts[2]);
    }

    /** The three with {@code /} between them, as {@code dao:vaultmesh/fast/rfc3161:freetsa}. */
    @Override
    public String toString() {
        return namespace.value() + "/" + cadence + "/" + target;
    }
}
