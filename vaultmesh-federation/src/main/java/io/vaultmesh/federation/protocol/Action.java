package io.vaultmesh.federation.protocol;

import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;

/** What a node wants its transport to do. */
public sealed interface Action {

    /**
     * Ask a peer.
     *
     * @param to whom
     * @param number what the answer is told by
     * @param request what for
     */
    record Ask(PeerId to, long number, Request request) implements Action {}

    /**
     * Answer a peer.
     *
     * @param token what the question came with
     * @param response the answer
     */
    record Answer(long token, Response response) implements Action {}
}
