package io.vaultmesh.core.check;

import static java.util.Objects.requireNonNull;

/**
 * One named line of a {@link Report}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name what was checked, the same words in every report of its kind, for example {@code "checkpoint signature"}
 * @param outcome how it ended
 * @param detail what was seen: figures for a pass, what was wrong and what was expected for anything else
 */
public record Check(String name, Outcome outcome, String detail) {

    /**
     * Creates a check.
     *
     * @param name what was checked, the same words in every report of its kind, for example {@code "checkpoint signature"}
     * @param outcome how it ended
     * @param detail what was seen: figures for a pass, what was wrong and what was expected for anything else
     * @throws IllegalArgumentException if the name is blank
     */
    public Check {
        requireNonNull(outcome, "outcome");
        requireNonNull(detail, "detail");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a check is blank, expected what was checked");
        }
    }

    /**
     * A check that passed.
     *
     * @param name what was checked
     * @param detail what was seen
     * @return the check
     */
    public static Check pass(String name, String detail) {
        return new Check(name, Outcome.PASS, detail);
    }

    /**
     * A check that failed.
     *
     * @param name what was checked
     * @param detail what was wrong and what was expected
     * @return the check
     */
    public static Check fail(String name, String detail) {
        return new Check(name, Outcome.FAIL, detail);
    }

    /**
     * A check for which there is no evidence, and none was promised.
     *
     * @param name what would have been checked
     * @param detail what is absent
     * @return the check
     */
    public static Check absent(String name, String detail) {
        return new Check(name, Outcome.ABSENT, detail);
    }

    /**
     * A check that was not made.
     *
     * @param name what would have been checked
     * @param detail why it was not
     * @return the check
     */
    public static Check notChecked(String name, String detail) {
        return new Check(name, Outcome.NOT_CHECKED, detail);
    }

    /**
     * The check that states a verdict: a pass if it holds, else a failure with its reason.
     *
     * @param name what was checked
     * @param verdict the verdict
     * @param detailIfItHolds what was seen, for a pass
     * @return the check
     */
    public static Check of(String name, Verdict verdict, String detailIfItHolds) {
        return verdict.reason().map(reason -> fail(name, reason)).orElseGet(() -> pass(name, detailIfItHolds));
    }
}
