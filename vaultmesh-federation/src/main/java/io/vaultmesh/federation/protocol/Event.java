package io.vaultmesh.federation.protocol;

import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.function.Consumer;

/** What happens to a node. */
public sealed interface Event {

    /** Time passed, or something was recorded. */
    record Tick() implements Event {}

    /**
     * A peer asks.
     *
     * @param from who, as the transport made sure
     * @param token what to answer to
     * @param request what for
     */
    record Asked(PeerId from, long token, Request request) implements Event {}

    /**
     * A peer answered.
     *
     * @param request the number of our request
     * @param response the answer
     */
    record Answered(long request, Response response) implements Event {}

    /**
     * A request came to nothing.
     *
     * @param request its number
     * @param reason why
     */
    record Unanswered(long request, String reason) implements Event {}

    /**
     * Somebody wants to be in sync with a peer now.
     *
     * @param peer the peer
     * @param namespace the namespace
     * @param done told what came of the exchange that is begun for it; not called if the peer leaves before, or shares no
     *     such namespace
     */
    record SyncWanted(PeerId peer, NamespaceName namespace, Consumer<SyncReport> done) implements Event {}

    /**
     * Somebody wants the body of a record.
     *
     * @param namespace the namespace
     * @param body what the record says of it
     */
    record BodyWanted(NamespaceName namespace, BodyRef body) implements Event {}
}
