package io.vaultmesh.federation.protocol;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.merge.Conflict;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node of a federation without its threads: what happens goes in, what is to be sent comes out. All that it needs of the
 * world are parameters, so that a whole network runs in one thread from one seed.
 *
 * <p>Guaranteed: whatever peers send, nothing enters a set that wasn't verified, nothing leaves it, and an exchange with
 * one peer ends after bounded work; a node that is created anew over the same stores goes on where it was. Not guaranteed:
 * that a peer which withholds records, or is never reached, converges.
 *
 * <p>Not thread-safe: one thread calls it, and nothing that it calls back may call it.
 */
public final class ProtocolCore {

    private static final int UNRELIABLE_PERIODS = 10;

    private final Map<PeerId, Peer> peers = new TreeMap<>();
    private final Map<String, RecordSet> sets = new TreeMap<>(); // by namespace
    private final Map<String, Claims> claims = new TreeMap<>(); // by namespace
    private final Map<String, BodyClaims> bodies = new TreeMap<>(); // by namespace
    private final Map<String, Map<PeerId, Link>> links = new TreeMap<>(); // by namespace
    private final Map<NamespaceName, String> unreadable = new HashMap<>(); // whose log failed last time, and how
    private final PeerLogs logs;
    private final Settings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<FederationEvent> events;
    private Instant last;

    /**
     * Creates a node.
     *
     * @param peers the peers, and what they may do
     * @param sets the namespaces that are shared; they are this node's alone from now on
     * @param logs what was seen of peers' logs
     * @param settings how it takes part
     * @param clock the time; it may jump
     * @param random spreads what is done periodically, and numbers requests
     * @param events told what an operator may want to know
     */
    public ProtocolCore(
            Collection<Peer> peers,
            Collection<RecordSet> sets,
            PeerLogs logs,
            Settings settings,
            InstantSource clock,
            RandomGenerator random,
            Consumer<FederationEvent> events) {
        this.logs = logs;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.events = events;
        this.last = clock.instant();
        for (RecordSet set : sets) {
            String name = set.namespace().value();
            this.sets.put(name, set);
            if (settings.bodies() == BodyMode.AT_ONCE) {
                set.wantBodies();
            }
            logs.loadRefused(set.namespace()).ifPresent(set::recall);
            var unused = set.refresh();
            claims.put(name, new Claims(settings.limits().period().multipliedBy(UNRELIABLE_PERIODS)));
            bodies.put(name, new BodyClaims());
            links.put(name, new TreeMap<>());
        }
        peers.stream().sorted(Comparator.comparing(Peer::id)).forEach(peer -> join(peer, true));
    }

    /**
     * Takes up a peer, or changes what it may do; an exchange with it that is under way is given up.
     *
     * @param peer the peer
     * @param reachable whether it can be asked; or else it is only answered
     */
    public void join(Peer peer, boolean reachable) {
        leave(peer.id());
        peers.put(peer.id(), peer);
        links.forEach((namespace, linksOf) -> {
            if (reachable && peer.namespaces().contains(new NamespaceName(namespace))) {
                linksOf.put(peer.id(), new Link(peer, settings.limits(), random, clock.instant()));
            }
        });
    }

    /**
     * Parts with a peer: it is asked nothing more, and whatever it asks is denied. What came from it stays.
     *
     * @param peer the peer; nothing happens if there is no such one
     */
    public void leave(PeerId peer) {
        peers.remove(peer);
        links.values().forEach(linksOf -> linksOf.remove(peer));
    }

    /**
     * Deals with what happened, and with what is due by now.
     *
     * @param event what happened
     * @return what is to be sent, in this order
     */
    public List<Action> on(Event event) {
        followClock();
        List<Action> actions = new ArrayList<>();
        if (event instanceof Event.Asked asked) {
            actions.add(new Action.Answer(asked.token(), answer(asked)));
            spread(asked.from());
        } else if (event instanceof Event.Answered answered) {
            goOn(answered.request(), session -> session.answered(answered.response()), actions);
        } else if (event instanceof Event.Unanswered unanswered) {
            goOn(unanswered.request(), session -> session.fail(unanswered.reason()), actions);
        } else if (event instanceof Event.SyncWanted wanted) {
            link(wanted.peer(), wanted.namespace()).ifPresent(link -> link.syncNow(clock.instant(), wanted.done()));
        } else if (event instanceof Event.BodyWanted wanted) {
            wantBody(wanted);
        }
        spread(null);
        doWhatIsDue(actions);
        return actions;
    }

    /** A clock that is set back must not make anything wait for what it was set back by. */
    private void followClock() {
        Instant now = clock.instant();
        if (now.isBefore(last)) {
            Duration back = Duration.between(last, now);
            links.values().forEach(linksOf -> linksOf.values().forEach(link -> link.shift(back)));
            claims.values().forEach(Claims::forgetAll);
            bodies.values().forEach(BodyClaims::forgetAll);
        }
        last = now;
    }

    /** {@return when a {@link Event.Tick} is due, if nothing else happens before} */
    public Instant nextWake() {
        return links.values().stream()
                .flatMap(each -> each.values().stream())
                .map(Link::wake)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private Optional<Link> link(PeerId peer, NamespaceName namespace) {
        return Optional.ofNullable(
                links.getOrDefault(namespace.value(), Map.of()).get(peer));
    }

    private void wantBody(Event.BodyWanted wanted) {
        RecordSet set = sets.get(wanted.namespace().value());
        if (set != null && settings.bodies() != BodyMode.NEVER) {
            set.wantBody(wanted.body());
            requireNonNull(links.get(wanted.namespace().value()))
                    .values()
                    .forEach(link -> link.syncNow(clock.instant()));
        }
    }

    private Exchange exchange(Peer peer, RecordSet set) {
        String name = set.namespace().value();
        return new Exchange(
                peer,
                set,
                requireNonNull(claims.get(name)),
                requireNonNull(bodies.get(name)),
                logs,
                settings,
                clock,
                events);
    }

    private Response answer(Event.Asked asked) {
        Peer peer = peers.get(asked.from());
        RecordSet set = sets.get(asked.request().namespace().value());
        return peer == null || set == null
                ? Response.denied(asked.request())
                : new Responder(exchange(peer, set)).answer(asked.request());
    }

    private void goOn(long request, Consumer<SyncSession> then, List<Action> actions) {
        links.forEach((namespace, linksOf) -> linksOf.values().stream()
                .filter(link -> link.waitsFor(request))
                .findFirst()
                .ifPresent(link -> {
                    SyncSession session = link.session().orElseThrow();
                    link.answered();
                    guarded(session, () -> then.accept(session));
                    spread(link.peer().id());
                    ask(link, session, actions);
                }));
    }

    /** Whatever a store throws ends the exchange, and not the node; what was committed by then stays. */
    private static void guarded(SyncSession session, Runnable step) {
        try {
            step.run();
        } catch (UncheckedIOException e) {
            session.fail("the disk refused: " + e.getMessage());
        } catch (RuntimeException e) {
            session.fail("it can't go on here: " + e);
        }
    }

    private void ask(Link link, SyncSession session, List<Action> actions) {
        Request[] next = new Request[1];
        String trouble = unreadable.get(session.namespace());
        if (trouble == null) {
            guarded(session, () -> next[0] = session.next().orElse(null));
        } else {
            session.fail(trouble);
        }
        if (next[0] == null) {
            end(link, session);
        } else {
            long number = random.nextLong();
            link.asked(number, clock.instant());
            actions.add(new Action.Ask(link.peer().id(), number, next[0]));
        }
    }

    private void end(Link link, SyncSession session) {
        SyncReport report = session.report();
        link.end(report, clock.instant());
        if (session.misbehaved()) {
            events.accept(new FederationEvent.Misbehaved(report.peer(), report.namespace(), report.reason()));
        }
        events.accept(new FederationEvent.Synced(report));
    }

    /** What is new in a set. A log that can't be read ends exchanges about it, and is tried again whenever something happens. */
    private List<Hash> refreshed(RecordSet set) {
        try {
            List<Hash> added = set.refresh();
            unreadable.remove(set.namespace());
            return added;
        } catch (RuntimeException e) {
            unreadable.put(set.namespace(), "the log can't be read: " + e);
            return List.of();
        }
    }

    /** Takes in what is new in the logs, and lets the other peers know of it soon. */
    private void spread(@Nullable PeerId from) {
        for (RecordSet set : sets.values()) {
            List<Hash> added = refreshed(set);
            if (!added.isEmpty()) {
                if (from != null && !set.wantedBodies().isEmpty()) {
                    link(from, set.namespace()).ifPresent(link -> link.syncNow(clock.instant()));
                }
                links.getOrDefault(set.namespace().value(), Map.of()).forEach((peer, link) -> {
                    if (!peer.equals(from)) {
                        link.tell(added, clock.instant());
                    }
                });
            }
            for (Conflict conflict : set.takeNewConflicts()) {
                events.accept(new FederationEvent.Conflicted(conflict));
            }
        }
    }

    private void doWhatIsDue(List<Action> actions) {
        Instant now = clock.instant();
        claims.values().forEach(each -> each.expire(now));
        bodies.values().forEach(each -> each.expire(now));
        links.forEach((namespace, linksOf) -> {
            RecordSet set = requireNonNull(sets.get(namespace));
            for (Link link : linksOf.values()) {
                if (link.isLate(now)) {
                    SyncSession late = link.session().orElseThrow();
                    late.fail("no answer within " + settings.limits().timeout());
                    end(link, late);
                }
                if (link.isDue(now)) {
                    ask(link, link.begin(exchange(link.peer(), set), now), actions);
                }
            }
        });
    }
}
