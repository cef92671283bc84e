package io.vaultmesh.remembrancer.memory;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of records. */
public enum Kind {
    /** Something was put into service. */
    DEPLOYMENT,
    /** Something was decided, and why. */
    DECISION,
    /** Something went wrong. */
    INCIDENT,
    /** Something was found out. */
    DISCOVERY,
    /** A service was generated. */
    SCAFFOLD,
    /** Somebody signed an artifact. */
    SIGNATURE,
    /** An authority stamped an artifact, or a signature. */
    TIMESTAMP,
    /** A checkpoint was published elsewhere, where nobody can take it back. */
    ANCHOR,
    /** What the memory trusts was changed. */
    KEY,
    /** What may enter a namespace was changed. */
    POLICY,
    /** The body of a record was erased. */
    ERASURE;

    private static final String PREFIX = "https://vaultmesh.org/memory/";
    private static final String SUFFIX = "/v1";

    /**
     * The predicate type of the kind's statements: an identifier, which nobody fetches.
     *
     * @return the URI
     */
    public String predicateType() {
        return PREFIX + label() + SUFFIX;
    }

    /**
     * The kind's name as it stands in the predicate type.
     *
     * @return the name in lower case
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the subject of such a record is another record, and not files.
     *
     * @return whether it is a record about a record
     */
    public boolean isAboutRecords() {
        return this == ERASURE;
    }

    /**
     * The kind that has a predicate type.
     *
     * @param predicateType the URI
     * @return the kind
     * @throws IllegalArgumentException if no kind has it
     */
    public static Kind ofPredicateType(String predicateType) {
        return Arrays.stream(values())
                .filter(kind -> kind.predicateType().equals(predicateType))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("predicateType is " + Texts.shown(predicateType)
                        + ", expected that of a memory, as " + DEPLOYMENT.predicateType()));
    }
}
