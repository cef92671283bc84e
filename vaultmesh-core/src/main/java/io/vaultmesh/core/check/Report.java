package io.vaultmesh.core.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of a whole verification: named checks, in the order in which they were made.
 *
 * <p>A report passes only if it has at least one check and every one of them is a {@link Outcome#PASS}: what is absent
 * or was not checked never counts as a pass. Use {@link #failed()} to ask the weaker question, whether anything was
 * contradicted.
 *
 * <p>Prints itself as text, JSON, Markdown and JUnit XML. Immutable and thread-safe.
 *
 * @param title what was verified, for example {@code "audit of memory example.com/memory"}
 * @param checks the checks, in order; the list is copied
 */
public record Report(String title, List<Check> checks) {

    /**
     * Creates a report.
     *
     * @param title what was verified, for example {@code "audit of memory example.com/memory"}
     * @param checks the checks, in order; the list is copied
     */
    public Report {
        requireNonNull(title, "title");
        checks = List.copyOf(checks);
    }

    /**
     * Whether everything was checked, and holds.
     *
     * @return {@code true} if there is at least one check and all are {@link Outcome#PASS}
     */
    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(check -> check.outcome() == Outcome.PASS);
    }

    /**
     * Whether any check failed. A report that neither {@linkplain #passed() passed} nor failed lacks evidence.
     *
     * @return {@code true} if at least one check is a {@link Outcome#FAIL}
     */
    public boolean failed() {
        return checks.stream().anyMatch(check -> check.outcome() == Outcome.FAIL);
    }

    /**
     * The checks that ended in a given way.
     *
     * @param outcome the outcome to look for
     * @return those checks, in order; empty if there are none
     */
    public List<Check> checks(Outcome outcome) {
        requireNonNull(outcome, "outcome");
        return checks.stream().filter(check -> check.outcome() == outcome).toList();
    }

    /**
     * The first check of a given name.
     *
     * @param name the name to look for
     * @return the check; empty if there is none
     */
    public Optional<Check> check(String name) {
        requireNonNull(name, "name");
        return checks.stream().filter(check -> check.name().equals(name)).findFirst();
    }

    /**
     * This report with the checks of another one after its own.
     *
     * @param other the report whose checks are added
     * @return a report with this one's title
     */
    public Report and(Report other) {
        List<Check> all = new ArrayList<>(checks);
        all.addAll(other.checks);
        return new Report(title, all);
    }

    /**
     * Returns this report if it {@linkplain #passed() passed}.
     *
     * @return this report
     * @throws RefutedException if it did not; the message names every check that is not a pass
     */
    @CanIgnoreReturnValue
    public Report orThrow() {
        if (passed()) {
            return this;
        }
        if (checks.isEmpty()) {
            throw new RefutedException(title + ": nothing was checked");
        }
        throw new RefutedException(title + ": "
                + checks.stream()
                        .filter(check -> check.outcome() != Outcome.PASS)
                        .map(check -> check.outcome() + " " + check.name() + ": " + check.detail())
                        .collect(joining("; ")));
    }

    /**
     * The report as lines of plain text: the title, one line for each check, and a closing count.
     *
     * @return the text, lines ending in {@code \n}
     */
    public String toText() {
        return ReportFormat.text(this);
    }

    /**
     * The report as one JSON object with the members {@code title}, {@code passed} and {@code checks}, the latter a
     * list of objects with {@code name}, {@code outcome} and {@code detail}.
     *
     * @return the JSON text, indented
     */
    public String toJson() {
        return ReportFormat.json(this);
    }

    /**
     * The report as a Markdown heading and table.
     *
     * @return the Markdown text; text of the report can't break out of its cell
     */
    public String toMarkdown() {
        return ReportFormat.markdown(this);
    }

    /**
     * The report as a JUnit XML test suite, which CI servers display: a {@code FAIL} is a failure, {@code ABSENT} and
     * {@code NOT_CHECKED} are skipped cases.
     *
     * @return the XML document
     */
    public String toJUnitXml() {
        return ReportFormat.junitXml(this);
    }

    @Override
    public String toString() {
        return toText();
    }
}
