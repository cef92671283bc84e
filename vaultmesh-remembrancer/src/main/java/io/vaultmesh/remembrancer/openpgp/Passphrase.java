package io.vaultmesh.remembrancer.openpgp;

import java.util.Arrays;

/** A copy of a passphrase, overwritten when closed. Not thread-safe. */
final class Passphrase implements AutoCloseable {

    private final char[] copy;

    Passphrase(char[] passphrase) {
        this.copy = passphrase.clone();
    }

    boolean isEmpty() {
        return copy.length == 0;
    }

    /** The copy itself, not a second one. */
    char[] chars() {
        return copy;
    }

    @Override
    public void close() {
        Arrays.fill(copy, '\0');
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "passphrase";
    }
}
