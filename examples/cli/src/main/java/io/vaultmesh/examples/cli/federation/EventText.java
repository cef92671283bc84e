package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.FederationEvent;

/** What happened at a node, in a line for people. */
final class EventText {

    private EventText() {}

    static String of(FederationEvent event) {
        if (event instanceof FederationEvent.Synced synced) {
            return synced.report().toString();
        }
        if (event instanceof FederationEvent.Conflicted conflicted) {
            return conflicted.conflict().toString();
        }
        if (event instanceof FederationEvent.Refused refused) {
            return "record " + refused.id() + " from " + refused.peer() + " in " + refused.namespace() + ": "
                    + refused.reason();
        }
        if (event instanceof FederationEvent.LogDoubted doubted) {
            return "log of " + doubted.peer() + " for " + doubted.namespace() + ": " + doubted.reason();
        }
        if (event instanceof FederationEvent.Misbehaved misbehaved) {
            return misbehaved.peer() + " in " + misbehaved.namespace() + ": " + misbehaved.reason();
        }
        if (event instanceof FederationEvent.Rejected rejected) {
            return "request of " + rejected.from().map(PeerId::did).orElse("somebody unknown") + ": " + rejected.text();
        }
        return event instanceof FederationEvent.Failed failed ? failed.text() : event.toString();
    }
}
