package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something went wrong: what happened, how bad it was, and what was done. Report, timeline and resolution become its body,
 * in Markdown, which {@link IncidentReport} reads.
 */
public final class Incident extends Memory<Incident> {

    /** How bad it was. */
    public enum Severity {
        /** Nobody but the operators noticed. */
        LOW,
        /** Some users were hindered. */
        MEDIUM,
        /** Many users were hindered. */
        HIGH,
        /** The service was down, or data was lost or disclosed. */
        CRITICAL
    }

    private static final String BEGAN = "began";
    private static final String ENDED = "ended";

    private final IncidentReport report;

    private Incident(Details details, IncidentReport report) {
        super(Kind.INCIDENT, details);
        this.report = report;
    }

    /**
     * An incident.
     *
     * @param title what happened, in one line
     * @param severity how bad it was; it becomes the attribute {@code severity}
     * @param report what happened and what was done, in Markdown
     * @return the incident
     * @throws IllegalArgumentException if the title is not one line of text, or a text has half a surrogate pair
     */
    public static Incident of(String title, Severity severity, String report) {
        requireNonNull(severity, "severity");
        return of(Details.titled(title), new IncidentReport(report, List.of(), Optional.empty()))
                .attribute("severity", severity.name().toLowerCase(Locale.ROOT));
    }

    private static Incident of(Details details, IncidentReport report) {
        return new Incident(details.withDerived(Body.markdown(report.toMarkdown()), derived(report)), report);
    }

    private static SortedMap<String, JsonValue> derived(IncidentReport report) {
        SortedMap<String, JsonValue> attributes = new TreeMap<>();
        report.began().ifPresent(began -> attributes.put(BEGAN, new JsonString(Times.text(began))));
        report.ended().ifPresent(ended -> attributes.put(ENDED, new JsonString(Times.text(ended))));
        return attributes;
    }

    @Override
    Incident with(Details changed) {
        SortedMap<String, JsonValue> derived = derived(report);
        for (String name : List.of(BEGAN, ENDED)) {
            if (!Objects.equals(changed.attributes().get(name), derived.get(name))) {
                throw new IllegalArgumentException("attribute " + name + " of an incident is taken from its timeline,"
                        + " expected at(…) and resolution(…)");
            }
        }
        return new Incident(changed, report);
    }

    /**
     * Adds a line to the timeline. The first one is when the incident began, as the attribute {@code began}.
     *
     * @param time when; cut to the millisecond
     * @param what what happened then, in one line
     * @return the changed copy
     * @throws IllegalArgumentException if what happened is not one line of text, or the report has a line {@code ##
     *     Timeline} or {@code ## Resolution} of its own
     */
    public Incident at(Instant time, String what) {
        return of(details(), report.at(time, what));
    }

    /**
     * Says what ended it. With it, the last line of the timeline is when the incident ended, as the attribute {@code
     * ended}.
     *
     * @param how what ended it, in Markdown
     * @return the changed copy
     * @throws IllegalArgumentException if it is blank, or the report has a line {@code ## Timeline} or {@code ##
     *     Resolution} of its own
     * @throws IllegalStateException if it was said before
     */
    public Incident resolution(String how) {
        return of(details(), report.resolved(how));
    }

    /**
     * What the body says.
     *
     * @return the report
     */
    public IncidentReport report() {
        return report;
    }

    /**
     * Says what failed.
     *
     * @param name the component
     * @return the changed copy
     * @throws IllegalArgumentException if it is not one line of text
     * @throws IllegalStateException if it was said before
     */
    public Incident component(String name) {
        return with(details().withComponent(name));
    }
}
