package io.vaultmesh.federation.wire;

import io.vaultmesh.federation.peer.Role;
import java.util.Locale;

/** What one peer can ask of another. */
public enum Operation {
    /** The checkpoint of its log. */
    CHECKPOINT(true, Role.REQUEST, "text/plain; charset=utf-8"),
    /** A tile of its log. */
    TILE(true, Role.REQUEST, "application/octet-stream"),
    /** Says what one has and is told what the other has, and wants. */
    ANNOUNCE(false, Role.ANNOUNCE, "application/json"),
    /** A message of the Negentropy protocol. */
    RECONCILE(false, Role.REQUEST, "application/octet-stream"),
    /** Records by their ids. */
    FETCH(false, Role.REQUEST, "application/octet-stream"),
    /** Sends records that were wanted. */
    PUSH(false, Role.PUSH, "application/json"),
    /** A part of a body by its digest. */
    BODY(false, Role.REQUEST, "application/octet-stream");

    private final boolean get;
    private final Role role;
    private final String answerType;

    Operation(boolean get, Role role, String answerType) {
        this.get = get;
        this.role = role;
        this.answerType = answerType;
    }

    /** {@return whether it only reads, and has no body} */
    public boolean isGet() {
        return get;
    }

    /** {@return the role that a peer needs to ask for it} */
    public Role role() {
        return role;
    }

    /** {@return the media type of the answer} */
    public String answerType() {
        return answerType;
    }

    /** {@return the name as it stands in a path} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
