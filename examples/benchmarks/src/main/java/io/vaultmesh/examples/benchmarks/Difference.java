package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.reconcile.ItemSet;
import io.vaultmesh.federation.reconcile.Negentropy;
import io.vaultmesh.federation.reconcile.NegentropyClient;
import io.vaultmesh.federation.reconcile.ReconcileStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Two sets of a million records, of which some are on one side alone, half of them on each, and what the sides say to each
 * other about it. A side is measured by having it say all that again.
 */
@State(Scope.Benchmark)
public class Difference {

    private static final int RECORDS = 1_000_000;
    private static final int ROUNDS = 1000;

    private final int count;
    private final boolean newest;
    private final int frameLimit;
    private final ItemSet ours = new ItemSet();
    private final ItemSet theirs = new ItemSet();
    private final List<byte[]> messages = new ArrayList<>();
    private final List<byte[]> answers = new ArrayList<>();

    Difference(int count, boolean newest, int frameLimit) {
        this.count = count;
        this.newest = newest;
        this.frameLimit = frameLimit;
    }

    /** None. */
    public static class None extends Difference {
        public None() {
            super(0, false, 0);
        }
    }

    /** One record. */
    public static class One extends Difference {
        public One() {
            super(1, false, 0);
        }
    }

    /** A hundred records anywhere. */
    public static class Hundred extends Difference {
        public Hundred() {
            super(100, false, 0);
        }
    }

    /** The ten thousand newest: the older half on one side, the newer half on the other. */
    public static class Newest extends Difference {
        public Newest() {
            super(10_000, true, 0);
        }
    }

    /** Ten thousand records anywhere. */
    public static class Scattered extends Difference {
        public Scattered() {
            super(10_000, false, 0);
        }
    }

    /** Ten thousand records anywhere, in messages of up to 60,000 bytes. */
    public static class Framed extends Difference {
        public Framed() {
            super(10_000, false, 60_000);
        }
    }

    @Setup
    public void fill() {
        Map<Integer, Boolean> here = new HashMap<>();
        Random random = new Random(1);
        while (here.size() < count) {
            int number = newest ? RECORDS - 1 - here.size() : random.nextInt(RECORDS);
            here.putIfAbsent(number, newest ? here.size() < count / 2 : here.size() % 2 == 0);
        }
        SampleIds ids = new SampleIds();
        for (int i = 0; i < RECORDS; i++) {
            Hash id = ids.id(i);
            if (here.getOrDefault(i, true)) {
                ours.add(SampleIds.timestamp(i), id);
            }
            if (!here.getOrDefault(i, false)) {
                theirs.add(SampleIds.timestamp(i), id);
            }
        }
        record();
    }

    private void record() {
        NegentropyClient client = Negentropy.of(ours, frameLimit).client(ROUNDS, Negentropy.BYTES);
        byte[] message = client.initiate();
        int found = 0;
        while (message.length > 0) {
            messages.add(message);
            byte[] answer = Negentropy.of(theirs, frameLimit).answer(message);
            answers.add(answer);
            ReconcileStep step = client.reconcile(answer);
            found += step.have().size() + step.need().size();
            message = step.next().orElse(new byte[0]);
        }
        if (found != count) {
            throw new IllegalStateException("found " + found + " of " + count);
        }
    }

    /** All that the client does. Gives how many ids it found. */
    int asClient() {
        NegentropyClient client = Negentropy.of(ours, frameLimit).client(ROUNDS, Negentropy.BYTES);
        int found = client.initiate().length;
        for (byte[] answer : answers) {
            ReconcileStep step = client.reconcile(answer);
            found += step.have().size() + step.need().size();
        }
        return found;
    }

    /** All that the server does. Gives the length of its answers. */
    int asServer() {
        Negentropy server = Negentropy.of(theirs, frameLimit);
        int length = 0;
        for (byte[] message : messages) {
            length += server.answer(message).length;
        }
        return length;
    }
}
