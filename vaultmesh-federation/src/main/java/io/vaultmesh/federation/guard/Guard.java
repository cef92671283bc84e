package io.vaultmesh.federation.guard;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What peers may use up: how often and how much each may ask of each namespace, how many requests about a namespace are in
 * work at once, and who isn't listened to for a while because of what it did.
 *
 * <p>Guarantees: over any time, a peer has at most its quota of a namespace admitted, except for answers, which are charged
 * when their size is known, and a request larger than the burst, which needs a full bucket; both make a debt that is waited
 * off. The clock may jump: set back, nobody waits for longer than before; set forth, nobody gets more than a full bucket.
 *
 * <p>Not guaranteed: fairness between peers for the places of a namespace. Who may ask at all is decided before, by {@link
 * io.vaultmesh.federation.peer.Peer#may}: something is kept for each peer and namespace that is named here, so that they
 * must be configured ones.
 *
 * <p>Thread-safe.
 */
public final class Guard {

    private static final Duration BUSY_FOR = Duration.ofSeconds(1);

    private final Quota quota;
    private final int concurrent;
    private final InstantSource clock;
    private final Map<PeerId, Map<NamespaceName, Allowance>> allowances = new HashMap<>();
    private final Map<PeerId, Score> scores = new HashMap<>();
    private final Map<NamespaceName, Places> places = new HashMap<>();

    /**
     * Creates a guard that has seen nobody.
     *
     * @param quota how much each peer may ask of each namespace
     * @param concurrent how many requests about one namespace may be in work at once
     * @param clock the clock
     * @throws IllegalArgumentException if none may be in work
     */
    public Guard(Quota quota, int concurrent, InstantSource clock) {
        if (concurrent < 1) {
            throw new IllegalArgumentException("concurrent is " + concurrent + ", expected at least 1");
        }
        this.quota = requireNonNull(quota, "quota");
        this.concurrent = concurrent;
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Begins a request: charges it and its bytes, if it is admitted; a refused one is not charged.
     *
     * @param peer who asks
     * @param namespace about what
     * @param bytes how many bytes the request has, 0 to 2⁴⁰
     * @return {@link Entry.Admitted}, to be closed when the answer is there, or {@link Entry.Refused}
     * @throws IllegalArgumentException if the bytes are negative or more
     */
    public synchronized Entry enter(PeerId peer, NamespaceName namespace, long bytes) {
        long size = Quota.requireBytes(bytes);
        Instant now = clock.instant();
        Score score = decayed(peer, now);
        if (score != null && score.isListed()) {
            return new Entry.Refused(Refusal.GREYLISTED, score.untilFree());
        }
        Allowance allowance = allowances
                .computeIfAbsent(peer, unused -> new HashMap<>())
                .computeIfAbsent(namespace, unused -> new Allowance(quota, now));
        allowance.refill(now);
        Optional<Entry.Refused> refused = allowance.lacks(size);
        if (refused.isPresent()) {
            return refused.get();
        }
        Places free = places.computeIfAbsent(namespace, unused -> new Places(concurrent));
        if (!free.take()) {
            return new Entry.Refused(Refusal.BUSY, BUSY_FOR);
        }
        allowance.spend(1, size);
        return new Entry.Admitted(this, allowance, free);
    }

    synchronized void charge(Allowance allowance, long bytes) {
        long size = Quota.requireBytes(bytes);
        allowance.refill(clock.instant());
        allowance.spend(0, size);
    }

    synchronized void giveBack(Places taken) {
        taken.giveBack();
    }

    /**
     * A peer did what none should, as sending what is no message, or a record that isn't its author's: that is one point.
     * Points halve in 10 minutes. With 10 a peer is greylisted, until it has less than 5.
     *
     * @param peer who
     */
    public synchronized void misbehaved(PeerId peer) {
        Instant now = clock.instant();
        Score score = scores.computeIfAbsent(peer, unused -> new Score(now));
        score.decay(now);
        score.add();
    }

    /**
     * Whether nothing that a peer asks is answered.
     *
     * @param peer the peer
     * @return whether it is greylisted
     */
    public synchronized boolean isGreylisted(PeerId peer) {
        Score score = decayed(peer, clock.instant());
        return score != null && score.isListed();
    }

    /**
     * How badly a peer behaved lately.
     *
     * @param peer the peer
     * @return its points now; 0 if it never did
     */
    public synchronized double score(PeerId peer) {
        Score score = decayed(peer, clock.instant());
        return score == null ? 0 : score.points();
    }

    /**
     * Forgets a peer that left: its points too, so that this isn't for one that only joins again.
     *
     * @param peer the peer
     */
    public synchronized void forget(PeerId peer) {
        allowances.remove(peer);
        scores.remove(peer);
    }

    private @Nullable Score decayed(PeerId peer, Instant now) {
        Score score = scores.get(peer);
        if (score != null) {
            score.decay(now);
        }
        return score;
    }
}
