package io.vaultmesh.scheduler.anchor;

/** The kinds of failures of a target, by which it is decided whether and when to try again. */
public enum Trouble {
    /** No answer that can be used: no connection, too late, broken off, a failing server, or an answer to nothing that was asked. */
    NETWORK,
    /** The target takes no more for now. */
    RATE_LIMITED,
    /** The target doesn't know, or doesn't admit, who asks. Waits are doubled: somebody has to renew a key. */
    AUTH,
    /** The target looked at what it was sent and won't have it. The lane is parked: the same again would be refused again. */
    REJECTED,
    /** It isn't known whether the target took it. The same is sent again, which a target must bear. */
    UNKNOWN_OUTCOME,
    /** What is set here can't work. The lane is parked until somebody changes it. */
    MISCONFIGURED;

    /**
     * Whether a lane is left alone until somebody has looked.
     *
     * @return whether trying again is no use
     */
    public boolean parks() {
        return this == REJECTED || this == MISCONFIGURED;
    }

    /**
     * Whether it says that the target as a whole is out of order.
     *
     * @return whether it counts towards leaving the target alone
     */
    public boolean isOfTarget() {
        return !parks();
    }
}
