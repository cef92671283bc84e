package io.vaultmesh.federation.sim;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What a Byzantine node makes of the answers that an honest one would give in its place. */
final class Traitor {

    /** What a whole exchange never takes. */
    static final int LONG = 300_000;

    private static final int HUGE = 2 << 20;

    private final SimNode node;
    private final SplittableRandom random;
    private final Consumer<Treason> counters;
    private final Map<String, byte[]> firstCheckpoints = new HashMap<>();

    Traitor(SimNode node, SplittableRandom random, Consumer<Treason> counters) {
        this.node = node;
        this.random = random;
        this.counters = counters;
    }

    boolean does(Treason treason, int oneIn) {
        boolean does = node.treasons.contains(treason) && random.nextInt(oneIn) == 0;
        if (does) {
            counters.accept(treason);
        }
        return does;
    }

    Response answer(Request request, Response honest) {
        if (honest.status() != Response.OK) {
            return honest;
        }
        if (does(Treason.OVERSIZED, 8)) {
            // of the right form where there is one: only its length is wrong
            return Response.ok(request.operation() == Operation.RECONCILE ? longSkip() : new byte[HUGE]);
        }
        if (does(Treason.GARBAGE, 8)) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            return Response.ok(garbage);
        }
        return switch (request.operation()) {
            case CHECKPOINT -> checkpoint(request, honest);
            case RECONCILE -> does(Treason.ENDLESS, 1) ? Response.ok(neverEqual()) : honest;
            case FETCH -> fetched(honest);
            case BODY -> does(Treason.WRONG_BODY, 1) ? Response.ok(changed(honest.body())) : honest;
            case TILE, ANNOUNCE, PUSH -> honest;
        };
    }

    private Response checkpoint(Request request, Response honest) {
        byte[] first = firstCheckpoints.computeIfAbsent(request.path(), path -> honest.body());
        if (does(Treason.ROLLED_BACK, 2)) {
            return Response.ok(first);
        }
        if (does(Treason.SPLIT_VIEW, 2)) {
            Checkpoint real = Checkpoint.parse(SignedNote.parse(honest.body()).text());
            Hash other = Hashing.sha256(new byte[] {(byte) random.nextInt()});
            Checkpoint split = new Checkpoint(real.origin(), real.size(), other);
            return Response.ok(SignedNote.sign(split.toText(), node.logSigner(request.namespace()))
                    .bytes());
        }
        return honest;
    }

    /** A message that differs from whatever the other side has, in every range, for ever. */
    private byte[] neverEqual() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(0x61);
        for (int i = 0; i < 20; i++) {
            message.write(2); // the next second
            message.write(0);
            message.write(1);
            byte[] fingerprint = new byte[16];
            random.nextBytes(fingerprint);
            message.writeBytes(fingerprint);
        }
        return message.toByteArray();
    }

    /** A message that says nothing, at length. */
    static byte[] longSkip() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(0x61);
        for (int i = 0; i < LONG / 2; i++) {
            message.writeBytes(new byte[] {2, 0, 0}); // the next second, skipped
        }
        return message.toByteArray();
    }

    private Response fetched(Response honest) {
        List<byte[]> entries = new ArrayList<>(EntryList.decode(honest.body()));
        if (!entries.isEmpty() && does(Treason.WITHHELD, 2)) {
            entries.remove(random.nextInt(entries.size()));
        }
        return Response.ok(EntryList.encode(entries));
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= 1;
        }
        return bytes;
    }
}
