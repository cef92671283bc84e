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
import java.util.Set;

/** Fetches records, and the bodies that belong to them, in one exchange. Not thread-safe. */
final class Fetching {

    private static final int BATCH = 512;
    private static final int MOST_BODIES = 256;
    private static final int LIE_PERIODS = 10;

    private final Exchange exchange;
    private final Conversation conversation;
    private final RecordSet set;
    private final BodyDepot depot;
    private final Set<Hash> claimed = new HashSet<>();
    private final Set<Hash> triedBodies = new HashSet<>();
    private int fetched;
    private int refused;
    private int withheld;
    private int bodies;

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
            exchange.claims().release(List.of(admission.id()), exchange.peer().id());
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

    /** Will fetch the bodies that are wanted, as far as they aren't too large and don't come from others; each is tried once. */
    void wantBodies() {
        List<BodyRef> untried = set.wantedBodies().stream()
                .filter(body -> !triedBodies.contains(body.digest()))
                .limit(MOST_BODIES)
                .toList();
        for (BodyRef body : untried) {
            triedBodies.add(body.digest());
            if (body.size() > exchange.limits().body() || depot.has(body)) {
                set.forgetBody(body.digest());
            } else {
                fetchBody(body);
            }
        }
        if (!untried.isEmpty()) {
            conversation.finallyDo(this::wantBodies);
        }
    }

    /** Goes on where the body ended last time. */
    private void fetchBody(BodyRef body) {
        Instant now = exchange.clock().instant();
        Instant until = now.plus(exchange.limits().timeout().multipliedBy(2));
        if (!exchange.bodies().claim(body, exchange.peer().id(), depot, now, until)) {
            return;
        }
        long offset = depot.received(body);
        int length = (int) Math.min(exchange.limits().part(), body.size() - offset);
        BodyRange range = new BodyRange(body.digest(), offset, length);
        conversation.ask(
                Request.of(Operation.BODY, set.namespace(), range.bytes()),
                response -> cameBody(body, range, response));
    }

    private void cameBody(BodyRef body, BodyRange range, Response response) {
        PeerId peer = exchange.peer().id();
        if (response.status() == Response.NOT_FOUND) {
            exchange.bodies().release(body, peer);
            return; // the peer doesn't have it either; the record stands without it
        }
        byte[] part = Conversation.contentOf(response, range.length());
        if (part.length < range.length()) {
            throw new WireException(
                    "a part of body " + body.digest() + " has " + part.length + " bytes, expected " + range.length());
        }
        if (depot.has(body) || depot.received(body) != range.offset()) {
            return; // it came from another peer meanwhile
        }
        Verdict verdict = depot.receive(body, range.offset(), part);
        Instant later =
                exchange.clock().instant().plus(exchange.limits().period().multipliedBy(LIE_PERIODS));
        if (!verdict.holds() && exchange.bodies().refuted(body, peer, later)) {
            throw new WireException(verdict.reason().orElseThrow());
        }
        if (depot.has(body)) {
            exchange.bodies().release(body, peer);
            set.forgetBody(body.digest());
            bodies++;
        } else {
            fetchBody(body);
        }
    }

    /** Ends: what didn't come may be asked of others. */
    void end() {
        exchange.claims().release(claimed, exchange.peer().id());
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
