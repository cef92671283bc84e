package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.protocol.SyncReport.Outcome;
import io.vaultmesh.federation.reconcile.Negentropy;
import io.vaultmesh.federation.reconcile.NegentropyClient;
import io.vaultmesh.federation.reconcile.ReconcileStep;
import io.vaultmesh.federation.wire.Announcement;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.federation.wire.WireException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One exchange with one peer about one namespace, as its initiator: roots; the tail of the peer's log; reconciliation;
 * roots again. What is fetched is committed at once, batch by batch, so that nothing is lost when it ends early. Not
 * thread-safe.
 */
final class SyncSession {

    private final Exchange exchange;
    private final Peer peer;
    private final List<Hash> offered;
    private final boolean onlyAnnounces;
    private final Conversation conversation = new Conversation();
    private final Fetching fetching;
    private Outcome outcome = Outcome.FAILED;
    private int pushed;
    private int rounds; // of the reconciliation
    private int before; // what had been exchanged when it began
    private boolean cut; // it took as many rounds as it may, and wasn't done

    private SyncSession(Exchange exchange, List<Hash> offered, boolean onlyAnnounces) {
        this.exchange = exchange;
        this.peer = exchange.peer();
        this.offered = offered;
        this.onlyAnnounces = onlyAnnounces;
        this.fetching = new Fetching(exchange, conversation);
    }

    /** Offers new records, and no more. */
    static SyncSession announcing(Exchange exchange, List<Hash> offered) {
        SyncSession session = new SyncSession(exchange, offered, true);
        session.announce(offered, reply -> session.outcome = Outcome.ANNOUNCED);
        return session;
    }

    /** Makes both sets the same. */
    static SyncSession syncing(Exchange exchange) {
        SyncSession session = new SyncSession(exchange, List.of(), false);
        session.conversation.finallyDo(exchange::saveRefused); // last of all
        session.announce(List.of(), session::greeted);
        return session;
    }

    /** The next question; empty if the exchange is over. */
    Optional<Request> next() {
        return conversation.next();
    }

    void answered(Response response) {
        conversation.answered(response);
    }

    void fail(String reason) {
        conversation.fail(reason);
    }

    NamespaceName namespace() {
        return exchange.set().namespace();
    }

    boolean misbehaved() {
        return conversation.misbehaved();
    }

    boolean onlyAnnounces() {
        return onlyAnnounces;
    }

    /** What was offered. */
    List<Hash> offered() {
        return offered;
    }

    SyncReport report() {
        fetching.end();
        String failure = conversation.failure();
        return new SyncReport(
                peer.id(),
                exchange.set().namespace(),
                failure.isEmpty() ? outcome : Outcome.FAILED,
                fetching.fetched(),
                pushed,
                fetching.refused(),
                fetching.withheld(),
                fetching.bodies(),
                conversation.requests(),
                conversation.bytes(),
                failure);
    }

    private void ask(Operation operation, byte[] body, Consumer<Response> then) {
        conversation.ask(Request.of(operation, exchange.set().namespace(), body), then);
    }

    /** Says what we have, and offers records; sends those that the peer wants. */
    private void announce(List<Hash> ids, Consumer<Announcement> then) {
        Announcement ours = exchange.announcement(ids);
        ask(Operation.ANNOUNCE, ours.bytes(), response -> {
            Announcement theirs = Announcement.parse(Conversation.contentOf(response, Announcement.MOST_BYTES));
            Set<Hash> wanted = new LinkedHashSet<>(theirs.ids());
            if (!Set.copyOf(ids).containsAll(wanted)) {
                throw new WireException("the peer wants records that were not offered");
            }
            push(List.copyOf(wanted));
            then.accept(theirs);
        });
    }

    private void push(List<Hash> wanted) {
        List<byte[]> batch = new ArrayList<>();
        int bytes = 0;
        for (Hash id : wanted) {
            byte[] entry = exchange.set().store().entry(id).orElseThrow();
            if (bytes + EntryList.lengthOf(entry) > EntryList.MOST_BYTES) {
                send(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(entry);
            bytes += EntryList.lengthOf(entry);
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private void send(List<byte[]> entries) {
        ask(Operation.PUSH, EntryList.encode(entries), response -> {
            var unused = Conversation.contentOf(response, EntryList.MOST_BYTES);
            pushed += entries.size();
        });
    }

    private void greeted(Announcement theirs) {
        boolean serves = peer.may(Role.SERVE, exchange.set().namespace());
        if (serves) {
            conversation.finallyDo(fetching::wantBodies);
        }
        if (isSame(theirs)) {
            outcome = Outcome.IN_SYNC;
        } else if (serves) {
            conversation.finallyDo(() -> announce(List.of(), this::ended));
            conversation.finallyDo(this::reconcile);
            new TailSync(exchange, conversation, fetching).begin(theirs.size());
        } else {
            outcome = Outcome.DIFFERS;
        }
    }

    private boolean isSame(Announcement theirs) {
        return theirs.policy().equals(exchange.set().policy().id())
                && theirs.root().equals(exchange.set().root());
    }

    private void reconcile() {
        before = exchanged();
        NegentropyClient client = Negentropy.of(
                        exchange.set().items(), exchange.limits().frame())
                .client(Integer.MAX_VALUE, Negentropy.BYTES); // rounds are counted here
        reconcile(client, client.initiate());
    }

    private int exchanged() {
        return fetching.fetched() + pushed;
    }

    private void reconcile(NegentropyClient client, byte[] message) {
        rounds++;
        ask(Operation.RECONCILE, message, response -> {
            byte[] answer = Conversation.contentOf(response, exchange.limits().frame());
            ReconcileStep step = client.reconcile(answer);
            fetching.want(step.need());
            offer(step.have());
            // by the end of this round's fetches the set has grown; the next message goes by bounds, and stays right
            step.next().ifPresent(next -> {
                if (rounds < exchange.limits().rounds()) {
                    reconcile(client, next);
                } else {
                    cut = true; // the next exchange finds what is left
                }
            });
        });
    }

    private void offer(List<Hash> have) {
        for (int from = 0; from < have.size(); from += Announcement.MOST_IDS) {
            announce(have.subList(from, Math.min(have.size(), from + Announcement.MOST_IDS)), reply -> {});
        }
    }

    private void ended(Announcement theirs) {
        if (isSame(theirs)) {
            outcome = Outcome.CONVERGED;
        } else if (!theirs.policy().equals(exchange.set().policy().id())) {
            outcome = Outcome.POLICY_DIFFERS;
        } else if (cut && exchanged() == before) {
            throw new WireException("not done after " + rounds + " rounds, of which nothing came, expected no more");
        } else {
            outcome = Outcome.DIFFERS;
        }
    }

    /**
     * Whether it ended for its length alone, and the next exchange is to go on at once where this one has come. What was pushed
     * doesn't count: a peer that wants the same again and again would keep this node busy.
     */
    boolean isToBeContinued() {
        return cut
                && outcome == Outcome.DIFFERS
                && fetching.fetched() > 0
                && conversation.failure().isEmpty();
    }
}
