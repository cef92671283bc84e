package io.vaultmesh.remembrancer.memory;

/** What the memory trusts was changed. The body is all that it trusts from then on. */
public final class TrustChange extends Memory<TrustChange> {

    private TrustChange(Details details) {
        super(Kind.KEY, details);
    }

    /**
     * A change.
     *
     * @param what what was changed, in one line
     * @param trustStore all that is trusted from then on
     * @return the record to be
     * @throws IllegalArgumentException if it is not one line of text
     */
    public static TrustChange of(String what, Body trustStore) {
        return new TrustChange(Details.titled(what).withBody(trustStore));
    }

    @Override
    TrustChange with(Details changed) {
        return new TrustChange(changed);
    }
}
