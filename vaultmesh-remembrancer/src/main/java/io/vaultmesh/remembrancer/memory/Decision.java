package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

/**
 * Something was decided: an architecture decision record (ADR). Context, decision and consequences become its body, in
 * Markdown.
 */
public final class Decision extends Memory<Decision> {

    private Decision(Details details) {
        super(Kind.DECISION, details);
    }

    /**
     * A decision.
     *
     * @param title what was decided, in one line
     * @param context what made a decision necessary, in Markdown
     * @param decision what was decided, in Markdown
     * @param consequences what follows from it, in Markdown
     * @return the decision
     * @throws IllegalArgumentException if the title is not one line of text, or a text has half a surrogate pair
     */
    public static Decision of(String title, String context, String decision, String consequences) {
        requireNonNull(context, "context");
        requireNonNull(decision, "decision");
        requireNonNull(consequences, "consequences");
        String markdown = "# " + title + "\n\n## Context\n\n" + context.strip() + "\n\n## Decision\n\n"
                + decision.strip() + "\n\n## Consequences\n\n" + consequences.strip() + "\n";
        return new Decision(Details.titled(title).withBody(Body.markdown(markdown)));
    }

    @Override
    Decision with(Details changed) {
        return new Decision(changed);
    }

    /**
     * Says what the decision is about.
     *
     * @param name the component
     * @return the changed copy
     * @throws IllegalArgumentException if it is not one line of text
     * @throws IllegalStateException if it was said before
     */
    public Decision component(String name) {
        return with(details().withComponent(name));
    }
}
