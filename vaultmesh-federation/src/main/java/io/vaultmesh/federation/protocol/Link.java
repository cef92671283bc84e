package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.wire.Announcement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a node has to do with one peer in one namespace, and when. Not thread-safe. */
final class Link {

    private static final int MOST_BACKOFF = 3;

    private final Peer peer;
    private final Limits limits;
    private final RandomGenerator random;
    private final Set<Hash> news = new LinkedHashSet<>(); // records that the peer may not have
    private final List<Consumer<SyncReport>> wanting = new ArrayList<>(); // of the next exchange
    private List<Consumer<SyncReport>> told = List.of(); // of this exchange
    private Instant newsAt = Instant.MAX;
    private Instant syncAt;
    private int failures;
    private @Nullable SyncSession session;
    private long request;
    private Instant deadline = Instant.MAX;

    Link(Peer peer, Limits limits, RandomGenerator random, Instant now) {
        this.peer = peer;
        this.limits = limits;
        this.random = random;
        this.syncAt = now.plus(jittered(limits.coalesce()));
    }

    Peer peer() {
        return peer;
    }

    /** Three quarters to five quarters of a time, so that nodes that began together don't stay together. */
    private Duration jittered(Duration time) {
        return time.plusNanos((long) (time.toNanos() * (random.nextDouble() - 0.5) / 2));
    }

    void tell(List<Hash> ids, Instant now) {
        if (news.isEmpty()) {
            newsAt = now.plus(limits.coalesce());
        }
        // more than can be announced are not remembered: the sets are compared then
        ids.stream().limit(Announcement.MOST_IDS + 1L - news.size()).forEach(news::add);
    }

    /** How many records wait to be announced. */
    int waiting() {
        return news.size();
    }

    void syncNow(Instant now) {
        syncAt = now;
    }

    /** As soon as an exchange that is under way has ended, and tells of the one that is begun then. */
    void syncNow(Instant now, Consumer<SyncReport> done) {
        syncNow(now);
        wanting.add(done);
    }

    Optional<SyncSession> session() {
        return Optional.ofNullable(session);
    }

    /** What is to be begun now, if anything. */
    boolean isDue(Instant now) {
        return session == null && (!now.isBefore(syncAt) || !now.isBefore(newsAt));
    }

    /** Begins an exchange: the news first, unless there are so many that reconciling is shorter. */
    SyncSession begin(Exchange exchange, Instant now) {
        boolean announces = now.isBefore(syncAt) && news.size() <= Announcement.MOST_IDS;
        SyncSession begun =
                announces ? SyncSession.announcing(exchange, List.copyOf(news)) : SyncSession.syncing(exchange);
        if (!announces) {
            told = List.copyOf(wanting);
            wanting.clear();
        }
        news.clear();
        newsAt = Instant.MAX;
        session = begun;
        return begun;
    }

    void asked(long number, Instant now) {
        request = number;
        deadline = now.plus(limits.timeout());
    }

    boolean waitsFor(long number) {
        return session != null && request == number && !deadline.equals(Instant.MAX);
    }

    boolean isLate(Instant now) {
        return session != null && !now.isBefore(deadline);
    }

    void answered() {
        deadline = Instant.MAX;
    }

    /** Ends the exchange, and says when the next one is. */
    void end(SyncReport report, Instant now) {
        boolean failed = report.outcome() == SyncReport.Outcome.FAILED;
        boolean announced = session != null && session.onlyAnnounces();
        boolean goesOn = session != null && session.isToBeContinued();
        session = null;
        deadline = Instant.MAX;
        failures = failed ? Math.min(failures + 1, MOST_BACKOFF) : 0;
        List<Consumer<SyncReport>> done = told;
        told = List.of();
        if (goesOn) { // who waits is told when it is over
            wanting.addAll(done);
            done = List.of();
            syncAt = now;
        } else if (!announced || failed) { // what couldn't be announced is found when the sets are compared
            syncAt = wanting.isEmpty() ? now.plus(jittered(limits.period().multipliedBy(1L << failures))) : now;
        }
        done.forEach(each -> each.accept(report));
    }

    /** Moves what is planned, since the clock was set back. */
    void shift(Duration by) {
        syncAt = syncAt.plus(by);
        newsAt = newsAt.equals(Instant.MAX) ? newsAt : newsAt.plus(by);
        deadline = deadline.equals(Instant.MAX) ? deadline : deadline.plus(by);
    }

    /** When there is something to do, if nothing comes in before. */
    Instant wake() {
        Instant due = newsAt.isBefore(syncAt) ? newsAt : syncAt;
        return session == null ? due : deadline;
    }
}
