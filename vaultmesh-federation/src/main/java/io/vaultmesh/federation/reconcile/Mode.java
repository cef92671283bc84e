package io.vaultmesh.federation.reconcile;

/** What a message says of a range. */
enum Mode {
    /** Nothing more. */
    SKIP(0),
    /** The fingerprint of what the sender has in it. */
    FINGERPRINT(1),
    /** The ids that the sender has in it. */
    ID_LIST(2);

    private final int code;

    Mode(int code) {
        this.code = code;
    }

    /** Its number on the wire. */
    int code() {
        return code;
    }
}
