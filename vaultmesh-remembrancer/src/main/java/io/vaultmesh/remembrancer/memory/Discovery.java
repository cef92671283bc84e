package io.vaultmesh.remembrancer.memory;

/** Something was found out that others should know, as a body. */
public final class Discovery extends Memory<Discovery> {

    private Discovery(Details details) {
        super(Kind.DISCOVERY, details);
    }

    /**
     * A discovery.
     *
     * @param title what was found, in one line
     * @param report what was found and how, in Markdown
     * @return the discovery
     * @throws IllegalArgumentException if the title is not one line of text, or a text has half a surrogate pair
     */
    public static Discovery of(String title, String report) {
        return of(title, Body.markdown(report));
    }

    /**
     * A discovery that is shown by a text or file of any kind, such as a log or a dump.
     *
     * @param title what was found, in one line
     * @param report what shows it
     * @return the discovery
     * @throws IllegalArgumentException if the title is not one line of text
     */
    public static Discovery of(String title, Body report) {
        return new Discovery(Details.titled(title).withBody(report));
    }

    @Override
    Discovery with(Details changed) {
        return new Discovery(changed);
    }

    /**
     * Says what it is about.
     *
     * @param name the component
     * @return the changed copy
     * @throws IllegalArgumentException if it is not one line of text
     * @throws IllegalStateException if it was said before
     */
    public Discovery component(String name) {
        return with(details().withComponent(name));
    }
}
