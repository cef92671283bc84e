package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.reconcile.Negentropy;
import io.vaultmesh.federation.reconcile.NegentropyException;
import io.vaultmesh.federation.wire.Announcement;
import io.vaultmesh.federation.wire.BodyRange;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.IdList;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.federation.wire.WireException;
import io.vaultmesh.remembrancer.Admission;
import io.vaultmesh.remembrancer.Admission.Outcome;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Answers a peer. It keeps nothing between two questions but what the peer is to send. Not thread-safe. */
final class Responder {

    private final Exchange exchange;
    private final Peer peer;
    private final RecordSet set;

    Responder(Exchange exchange) {
        this.exchange = exchange;
        this.peer = exchange.peer();
        this.set = exchange.set();
    }

    Response answer(Request request) {
        if (!peer.may(request.operation().role(), request.namespace())) {
            return Response.denied(request);
        }
        try {
            return switch (request.operation()) {
                case CHECKPOINT, TILE -> file(request);
                case ANNOUNCE -> announced(Announcement.parse(request.body()));
                case RECONCILE -> reconciled(request);
                case FETCH -> fetched(IdList.decode(request.body()));
                case PUSH -> pushed(EntryList.decode(request.body()));
                case BODY -> body(BodyRange.parse(request.body()));
            };
        } catch (WireException | NegentropyException e) {
            exchange.events()
                    .accept(new FederationEvent.Misbehaved(
                            peer.id(), set.namespace(), request + ": " + e.getMessage()));
            return Response.refused(Response.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            return Response.refused(Response.UNAVAILABLE, "not now");
        }
    }

    private Response file(Request request) {
        return set.store()
                .published()
                .read(request.file())
                .map(Response::ok)
                .orElseGet(() -> Response.refused(Response.NOT_FOUND, "no " + request.file()));
    }

    private Response announced(Announcement theirs) {
        List<Hash> wanted = new ArrayList<>();
        if (peer.may(Role.PUSH, set.namespace())) {
            var now = exchange.clock().instant();
            var until = now.plus(exchange.limits().timeout());
            for (Hash id : theirs.ids()) {
                boolean missing = !set.contains(id) && set.refusal(id).isEmpty();
                if (missing && exchange.claims().claim(id, peer.id(), now, until)) {
                    wanted.add(id);
                }
            }
        }
        return Response.ok(exchange.announcement(wanted).bytes());
    }

    private Response reconciled(Request request) {
        int most = exchange.limits().frame();
        if (request.length() > most) {
            throw new WireException("a message has " + request.length() + " bytes, expected at most " + most);
        }
        return Response.ok(Negentropy.of(set.items(), most).answer(request.body()));
    }

    /** As many of the records as one message holds, in the order of the question. */
    private Response fetched(List<Hash> ids) {
        List<byte[]> entries = new ArrayList<>();
        int bytes = 0;
        for (Hash id : ids) {
            byte[] entry = set.contains(id) ? set.store().entry(id).orElse(null) : null;
            if (entry != null) {
                bytes += EntryList.lengthOf(entry);
                if (bytes > EntryList.MOST_BYTES) {
                    break;
                }
                entries.add(entry);
            }
        }
        return Response.ok(EntryList.encode(entries));
    }

    private Response pushed(List<byte[]> entries) {
        int refused = 0;
        for (Admission admission : set.admit(entries)) {
            exchange.claims().came(admission.id(), peer.id());
            if (admission.outcome() == Outcome.REFUSED) {
                refused++;
                exchange.events()
                        .accept(new FederationEvent.Refused(
                                peer.id(), set.namespace(), admission.id(), admission.reason()));
            }
        }
        return Response.ok(CanonicalJson.encode(
                JsonObject.builder().put("format", 1).put("refused", refused).build()));
    }

    private Response body(BodyRange range) {
        // a body of another size is another body: a record may say of its size what it likes
        return set.store()
                .bodies()
                .read(range.digest(), range.size(), 1)
                .filter(rest -> rest.length == 0)
                .flatMap(atItsEnd -> set.store().bodies().read(range.digest(), range.offset(), range.length()))
                .map(Response::ok)
                .orElseGet(() -> Response.refused(Response.NOT_FOUND, "no body " + range.digest()));
    }
}
