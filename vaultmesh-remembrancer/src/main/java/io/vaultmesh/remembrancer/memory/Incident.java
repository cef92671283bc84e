package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** Something went wrong: what happened, how bad it was, and what was done, as a body of Markdown. */
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

    private Incident(Details details) {
        super(Kind.INCIDENT, details);
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
        return new Incident(Details.titled(title).withBody(Body.markdown(report)))
                .attribute("severity", severity.name().toLowerCase(Locale.ROOT));
    }

    @Override
    Incident with(Details changed) {
        return new Incident(changed);
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
