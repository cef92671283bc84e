package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Checks bodies, each once however many records refer to it, and tells at the end which are gone and whether that was
 * intended. Not thread-safe.
 */
final class BodyAudit {

    /**
     * A record whose body is not as it should be.
     *
     * @param name the check's name
     * @param erasedBy the record that says that it was erased, if it was
     * @param fetched whether the memory should have the body
     */
    record Referrer(String name, Optional<String> erasedBy, boolean fetched) {}

    private record Pending(int body, BodyRef ref) {}

    private record Result(int body, Optional<String> reason, boolean missing) {}

    private final BodyStore store;
    private final HashIndex digests;
    private final LongList sizes = new LongList();
    private final List<Pending> pending = new ArrayList<>();
    private final BitSet missing = new BitSet();
    private final BitSet damaged = new BitSet();
    private final Map<Integer, String> reasons = new HashMap<>(); // of the first that are damaged
    private final LongList bodyOfRecord = new LongList(); // 1 + body, or 0

    BodyAudit(BodyStore store, long secret) {
        this.store = store;
        this.digests = new HashIndex(secret);
    }

    /** Takes the next record's body, if it has one. */
    void add(Optional<BodyRef> ref) {
        bodyOfRecord.add(ref.isPresent() ? 1 + body(ref.get()) : 0);
    }

    private int body(BodyRef ref) {
        int known = digests.find(ref.digest());
        if (known >= 0 && sizes.get(known) == ref.size()) {
            return known;
        }
        if (known < 0) {
            digests.add(ref.digest());
        } else {
            digests.addAgain(ref.digest()); // one of the two is wrong about the size
        }
        sizes.add(ref.size());
        pending.add(new Pending(digests.size() - 1, ref));
        return digests.size() - 1;
    }

    /** The hash of a record's body, by the record's position. */
    Optional<Hash> digestOf(int record) {
        long body = bodyOfRecord.get(record);
        return body == 0 ? Optional.empty() : Optional.of(digests.get((int) body - 1));
    }

    /** Reads the bodies that were added since the last time, with all threads. */
    void verify() {
        List<Result> results = pending.parallelStream().map(this::verify).toList();
        pending.clear();
        for (Result result : results) {
            result.reason().ifPresent(reason -> {
                (result.missing() ? missing : damaged).set(result.body());
                if (!result.missing() && reasons.size() < Findings.MOST_SHOWN) {
                    reasons.put(result.body(), reason);
                }
            });
        }
    }

    private Result verify(Pending each) {
        Optional<String> reason = store.verify(each.ref()).reason();
        boolean gone = reason.isPresent() && !store.has(each.ref().digest());
        return new Result(each.body(), reason, gone);
    }

    /** The checks, for which each record whose body is gone or damaged is asked for by its position. */
    List<Check> checks(IntFunction<Referrer> referrers, String reasonNotFetched) {
        Findings wrong = new Findings("bodies", Outcome.FAIL);
        Findings erased = new Findings("erased bodies", Outcome.PASS);
        Findings notFetched = new Findings("bodies not fetched", Outcome.NOT_CHECKED);
        for (int record = 0; record < bodyOfRecord.size(); record++) {
            int body = (int) bodyOfRecord.get(record) - 1;
            if (body < 0 || !(missing.get(body) || damaged.get(body))) {
                continue;
            }
            Referrer referrer = referrers.apply(record);
            String digest = digests.get(body).toString();
            if (damaged.get(body)) {
                wrong.add(referrer.name(), reasons.getOrDefault(body, "body " + digest + " is damaged"));
            } else if (referrer.erasedBy().isPresent()) {
                erased.add(
                        referrer.name(),
                        "body " + digest + " was erased, as record "
                                + referrer.erasedBy().get() + " says");
            } else if (!referrer.fetched()) {
                notFetched.add(referrer.name(), "body " + digest + " is not here: " + reasonNotFetched);
            } else {
                wrong.add(referrer.name(), "body " + digest + " is missing");
            }
        }
        List<Check> checks = new ArrayList<>();
        if (wrong.isEmpty()) {
            int intact = digests.size() - missing.cardinality();
            checks.add(Check.pass("bodies", intact + " bodies have the hashes that were recorded"));
        }
        checks.addAll(wrong.checks());
        checks.addAll(erased.checks());
        checks.addAll(notFetched.checks());
        return checks;
    }
}
