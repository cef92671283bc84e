package io.vaultmesh.remembrancer.memory;

/** What may enter a namespace was changed. The body is the whole policy that holds from then on. */
public final class PolicyChange extends Memory<PolicyChange> {

    private PolicyChange(Details details) {
        super(Kind.POLICY, details);
    }

    /**
     * A change.
     *
     * @param what what was changed, in one line
     * @param policy the whole policy that holds from then on; not read here
     * @return the record to be
     * @throws IllegalArgumentException if it is not one line of text
     */
    public static PolicyChange of(String what, Body policy) {
        return new PolicyChange(Details.titled(what).withBody(policy));
    }

    @Override
    PolicyChange with(Details changed) {
        return new PolicyChange(changed);
    }
}
