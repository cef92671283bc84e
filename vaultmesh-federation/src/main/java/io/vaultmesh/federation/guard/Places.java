package io.vaultmesh.federation.guard;

/** The places that a namespace has for requests in work. Not thread-safe: its guard's lock is held. */
final class Places {

    private final int all;
    private int taken;

    Places(int all) {
        this.all = all;
    }

    boolean take() {
        if (taken == all) {
            return false;
        }
        taken++;
        return true;
    }

    void giveBack() {
        taken--;
    }
}
