package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.federation.merge.BodyDepot;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.BodyRange;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.IdList;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.federation.wire.WireException;
import io.vaultmesh.remembrancer.Admission;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fetches records, and the bodies that belong to them, in one exchange. Not thread-safe. */
final class Fetching {

    private static final int BATCH = 512;
    private static final int MOST_MISSED = 256;
    private static final int LIE_PERIODS = 10;

    private final Exchange exchange;
    private final Conversation conversation;
    private final RecordSet set;
    private final BodyDepot depot;
    private final Set<Hash> claimed = new HashSet<>();
    private int fetched;
    private int refused;
    private int withheld;
    private int bodies;
    private int missedBodies;
    private long oldNewest; // what the peer was asked for before this exchange
    private int oldBodies = -1; // how many of those are still to be asked for

    Fetching(Exchange exchange, Conversation conversation) {
        this.exchange = exchange;
        this.conversation = conversation;
        this.set = exchange.set();
        this.depot = set.store().bodies();
    }

    /** Will fetch records that the peer has, if they are not here, not refused before, and not on their way. */
    void want(Collection<Hash> ids) {
        Instant now = exchange.clock().instant();
        Instant until = now.plus(exchange.limits().timeout().multipliedBy(2));
        List<Hash> missing = new ArrayList<>();
        for (Hash id : ids) {
            boolean wanted = !claimed.contains(id)
                    && !set.contains(id)
                    && set.refusal(id).isEmpty();
            if (wanted && exchange.claims().claim(id, exchange.peer().id(), now, until)) {
                claimed.add(id);
                missing.add(id);
            }
        }
        for (int from = 0; from < missing.size(); from += BATCH) {
            fetch(List.copyOf(missing.subList(from, Math.min(missing.size(), from + BATCH))));
        }
    }

    private void fetch(List<Hash> ids) {
        Request request = Request.of(Operation.FETCH, set.namespace(), IdList.encode(ids));
        conversation.ask(request, response -> came(ids, response));
    }

    private void came(List<Hash> ids, Response response) {
        byte[] content = Conversation.contentOf(response, EntryList.MOST_BYTES);
        List<byte[]> asked = new ArrayList<>();
        int next = 0; // the answer has the order of the question, and leaves out what the peer doesn't have
        for (byte[] entry : EntryList.decode(content)) {
            int at = ids.subList(next, ids.size()).indexOf(MerkleTree.leafHash(entry));
            if (at < 0) {
                admit(asked); // what was right stays
                throw new WireException("the peer sent an entry with id " + MerkleTree.leafHash(entry)
                        + ", expected those that were asked for, in that order");
            }
            asked.add(entry);
            next += at + 1;
        }
        admit(asked);
        boolean full = content.length + 2 + LogEntry.MAX_LENGTH > EntryList.MOST_BYTES;
        if (full && next < ids.size() && !asked.isEmpty()) {
            withheld += next - asked.size();
            fetch(ids.subList(next, ids.size()));
        } else {
            withheld += ids.size() - asked.size();
        }
    }

    private void admit(List<byte[]> entries) {
        for (Admission admission : set.admit(entries)) {
            claimed.remove(admission.id());
            exchange.claims().came(admission.id(), exchange.peer().id());
            switch (admission.outcome()) {
                case ADMITTED -> fetched++;
                case REFUSED -> {
                    refused++;
                    exchange.events()
                            .accept(new FederationEvent.Refused(
                                    exchange.peer().id(), set.namespace(), admission.id(), admission.reason()));
                }
                case KNOWN -> {}
            }
        }
    }

    /**
     * Will fetch the bodies that are wanted, as far as they aren't too large and don't come from others; each is tried once.
     * It ends when the peer hasn't had so many of them, since records may name any number of bodies that nobody has.
     */
    void wantBodies() {
        BodyClaims.Asked asked = exchange.bodies().asked(exchange.peer().id());
        if (oldBodies < 0) {
            oldNewest = asked.newest();
            int old = set.wantedBodies().headMap(oldNewest, true).size();
            boolean again = old > 0
                    && asked.beginsRound(
                            exchange.clock().instant(), exchange.limits().period());
            oldBodies = again ? old : 0;
        }
        while (missedBodies < MOST_MISSED) {
            boolean old = set.wantedBodies().higherKey(asked.newest()) == null;
            Optional<BodyRef> next =
                    old && oldBodies == 0 ? Optional.empty() : asked.next(set.wantedBodies(), oldNewest);
            if (next.isEmpty()) {
                return;
            }
            oldBodies -= old ? 1 : 0;
            BodyRef body = next.get();
            if (body.size() > exchange.limits().body() || depot.has(body)) {
                set.forgetBody(body);
            } else if (fetchBody(body)) {
                conversation.finallyDo(this::wantBodies);
                return;
            }
        }
    }

    /** Goes on where the body ended last time. */
    private boolean fetchBody(BodyRef body) {
        Instant now = exchange.clock().instant();
        Instant until = now.plus(exchange.limits().timeout().multipliedBy(2));
        if (!exchange.bodies().claim(body, exchange.peer().id(), depot, now, until)) {
            return false;
        }
        long offset = depot.received(body);
        int length = (int) Math.min(exchange.limits().part(), body.size() - offset);
        BodyRange range = new BodyRange(body.digest(), body.size(), offset, length);
        conversation.ask(
                Request.of(Operation.BODY, set.namespace(), range.bytes()),
                response -> cameBody(body, range, response));
        return true;
    }

    private void cameBody(BodyRef body, BodyRange range, Response response) {
        PeerId peer = exchange.peer().id();
        if (response.status() == Response.NOT_FOUND) {
            missedBodies++;
            exchange.bodies().release(body, peer);
            return; // the peer doesn't have it either; the record stands without it
        }
        byte[] part = Conversation.contentOf(response, range.length());
        if (!exchange.bodies().holds(body, peer) || depot.has(body) || depot.received(body) != range.offset()) {
            return; // it came too late, and from another peer meanwhile
        }
        if (part.length < range.length()) {
            depot.drop(body);
            lied(
                    body,
                    "a part of body " + body.digest() + " has " + part.length + " bytes, expected " + range.length());
            return;
        }
        Verdict verdict = depot.receive(body, range.offset(), part);
        if (!verdict.holds()) {
            lied(body, verdict.reason().orElseThrow());
        } else if (depot.has(body)) {
            exchange.bodies().release(body, peer);
            set.forgetBody(body);
            bodies++;
        } else {
            var unused = fetchBody(body);
        }
    }

    /** The peer is not asked for that body again soon, but for others, if all that came of it was the peer's. */
    private void lied(BodyRef body, String reason) {
        PeerId peer = exchange.peer().id();
        Instant until =
                exchange.clock().instant().plus(exchange.limits().period().multipliedBy(LIE_PERIODS));
        missedBodies++;
        if (exchange.bodies().refuted(body, peer, until)) {
            exchange.events().accept(new FederationEvent.Misbehaved(peer, set.namespace(), reason));
        } else {
            var unused = fetchBody(body);
        }
    }

    /** Ends: what didn't come may be asked of others. */
    void end() {
        exchange.claims().failed(claimed, exchange.peer().id(), exchange.clock().instant());
        claimed.clear();
    }

    int fetched() {
        return fetched;
    }

    int refused() {
        return refused;
    }

    int withheld() {
        return withheld;
    }

    int bodies() {
        return bodies;
    }
}
