package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.reconcile.ItemSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Adds a thousand records to a set that has ten million, or ten thousand, one by one, and asks for its root once. */
public class GrownSet {

    private static final int ADDED = 1000;
    private static final int LARGE = 10_000_000;
    private static final int SMALL = 10_000;
    private static final int WARM_UP = 50;

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[Ed25519PrivateKey.SEED_LENGTH]);
    private static final byte[] MESSAGE = new byte[Samples.LENGTH];
    private static final byte[] SIGNATURE = KEY.sign(MESSAGE);

    /** A set, and the records that come next: a few seconds apart, in no order. */
    private static ItemSet filled(int size) {
        ItemSet set = new ItemSet();
        SampleIds ids = new SampleIds();
        for (int i = 0; i < size; i++) {
            set.add(SampleIds.timestamp(i), ids.id(i));
        }
        return set;
    }

    /** What is added, which is hashed before. */
    private static final class Next {

        private final SampleIds ids = new SampleIds();
        private final Hash[] added = new Hash[ADDED];
        private int next = LARGE;

        void prepare() {
            for (int i = 0; i < ADDED; i++) {
                added[i] = ids.id(next++);
            }
        }

        /** A record is added only if its author signed it. */
        Hash verifyAndAddTo(ItemSet set, int size) {
            for (int i = 0; i < ADDED; i++) {
                if (!KEY.publicKey().verify(MESSAGE, SIGNATURE)) {
                    throw new IllegalStateException("a good signature doesn't verify");
                }
            }
            return addTo(set, size);
        }

        /** At times all over the set, the worst for the processor's caches. */
        Hash addTo(ItemSet set, int size) {
            for (Hash id : added) {
                set.add(SampleIds.timestamp((id.hashCode() & Integer.MAX_VALUE) % size), id);
            }
            return set.root();
        }
    }

    /** Ten million records; it takes some 1 GB. */
    @State(Scope.Thread)
    public static class Large {

        private final ItemSet set = filled(LARGE);
        private final Next next = new Next();

        @Setup
        public void root() {
            warmUp();
            Hash unused = set.root();
        }

        @Setup(Level.Iteration)
        public void prepare() {
            next.prepare();
        }
    }

    /** Ten thousand records, anew for each iteration. */
    @State(Scope.Thread)
    public static class Small {

        private final Next next = new Next();
        private ItemSet set = new ItemSet();

        @Setup
        public void warm() {
            warmUp();
        }

        @Setup(Level.Iteration)
        public void prepare() {
            set = filled(SMALL);
            Hash unused = set.root();
            next.prepare();
        }
    }

    /** Both sides begin with compiled code, although one of them has done much more to be there. */
    private static void warmUp() {
        Next next = new Next();
        for (int i = 0; i < WARM_UP; i++) {
            next.prepare();
            Hash unused = next.addTo(filled(SMALL), SMALL);
        }
    }

    @Benchmark
    public Hash vaultmesh(Large large) {
        return large.next.addTo(large.set, LARGE);
    }

    @Benchmark
    public Hash small(Small small) {
        return small.next.addTo(small.set, SMALL);
    }

    @Benchmark
    public Hash verified(Large large) {
        return large.next.verifyAndAddTo(large.set, LARGE);
    }

    @Benchmark
    public Hash smallVerified(Small small) {
        return small.next.verifyAndAddTo(small.set, SMALL);
    }

    /** What ten million records take of the heap, with their root. */
    @Benchmark
    public Hash heap(Heap heap) {
        ItemSet set = filled(LARGE);
        Hash root = set.root();
        heap.countWith(set);
        return root;
    }
}
