package io.vaultmesh.core.assertion;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Assertions on a log. Each throws an {@link AssertionError} that says what was and what was expected, and shows the
 * end of the trail; each returns this, so that they can be chained. Plain Java: any test framework will do.
 *
 * <pre>{@code
 * MerkleLog audit = MerkleLog.inMemory();
 * TrustedCheckpoint before = audit.checkpoint();
 * audit.append("opened".getBytes(UTF_8));
 * assertThat(audit).extends_(before).hasSize(1).contains("opened".getBytes(UTF_8));
 * }</pre>
 *
 * <p>An assertion is about the log at the moment of the call. Thread-safe.
 */
public final class MerkleLogAssert {

    private static final int SHOWN = 20;

    private final MerkleLog actual;

    private MerkleLogAssert(MerkleLog actual) {
        this.actual = actual;
    }

    /**
     * Starts to assert on a log.
     *
     * <pre>{@code
     * assertThat(audit).hasSize(2);   // says something
     * assertThat(audit);              // says nothing: a compile-time finding of Error Prone
     * }</pre>
     *
     * @param actual the log
     * @return what can be asserted
     */
    public static MerkleLogAssert assertThat(MerkleLog actual) {
        return new MerkleLogAssert(requireNonNull(actual, "actual"));
    }

    /**
     * Asserts how many entries the log has.
     *
     * <pre>{@code
     * audit.append(a);
     * assertThat(audit).hasSize(1);   // passes
     * assertThat(audit).hasSize(2);   // fails: size is 1, expected 2
     * }</pre>
     *
     * @param expected the tree size
     * @return this
     * @throws AssertionError if it has more or fewer
     */
    @CanIgnoreReturnValue
    public MerkleLogAssert hasSize(long expected) {
        long size = actual.size();
        if (size != expected) {
            throw failure("size is " + size + ", expected " + expected);
        }
        return this;
    }

    /**
     * Asserts the log's root hash, which pins every byte of every entry, and their order.
     *
     * <pre>{@code
     * assertThat(MerkleLog.inMemory()).hasRoot(MerkleTree.emptyRoot());      // passes
     * audit.append(a);
     * assertThat(audit).hasRoot(MerkleTree.emptyRoot());                     // fails: root is …, expected …
     * }</pre>
     *
     * @param expected the root hash
     * @return this
     * @throws AssertionError if it is another
     */
    @CanIgnoreReturnValue
    public MerkleLogAssert hasRoot(Hash expected) {
        requireNonNull(expected, "expected");
        Hash root = actual.root();
        if (!root.equals(expected)) {
            throw failure("root is " + root + ", expected " + expected);
        }
        return this;
    }

    /**
     * Asserts the log's root hash.
     *
     * <pre>{@code
     * // passes: the root of the empty log
     * assertThat(log).hasRoot("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
     * // fails: root is e3b0…, expected 0000…
     * assertThat(log).hasRoot("0000000000000000000000000000000000000000000000000000000000000000");
     * }</pre>
     *
     * @param hex the root hash in 64 lower-case hex digits
     * @return this
     * @throws AssertionError if it is another
     * @throws IllegalArgumentException if the text is not a hash
     */
    @CanIgnoreReturnValue
    public MerkleLogAssert hasRoot(String hex) {
        return hasRoot(Hash.parse(hex));
    }

    /**
     * Asserts that the log has an entry, at any index.
     *
     * <pre>{@code
     * audit.append("a".getBytes(UTF_8));
     * assertThat(audit).contains("a".getBytes(UTF_8));   // passes
     * assertThat(audit).contains("b".getBytes(UTF_8));   // fails: no entry is text b
     * }</pre>
     *
     * @param entry the entry's bytes, all of them
     * @return this
     * @throws AssertionError if no entry has these bytes; it names the entry that begins most like it
     */
    @CanIgnoreReturnValue
    public MerkleLogAssert contains(byte[] entry) {
        requireNonNull(entry, "entry");
        long nearest = -1;
        int common = 0;
        for (Iterator<LogEntry> entries = actual.entries().iterator(); entries.hasNext(); ) {
            LogEntry next = entries.next();
            int mismatch = Arrays.mismatch(next.bytes(), entry);
            if (mismatch < 0) {
                return this;
            }
            if (mismatch > common) {
                nearest = next.index();
                common = mismatch;
            }
        }
        String hint = nearest < 0 ? "" : "; entry " + nearest + " begins most like it, and differs at byte " + common;
        throw failure("no entry is " + AuditTrail.show(entry) + hint);
    }

    /**
     * Asserts all entries, in order.
     *
     * <pre>{@code
     * audit.append(a);
     * audit.append(b);
     * assertThat(audit).containsExactly(a, b);   // passes
     * assertThat(audit).containsExactly(b, a);   // fails: entry 0 is text a, expected text b
     * }</pre>
     *
     * @param entries the bytes of each entry
     * @return this
     * @throws AssertionError if the log has other entries; it names the first one that differs
     */
    @CanIgnoreReturnValue
    public MerkleLogAssert containsExactly(byte[]... entries) {
        long size = actual.size();
        for (int i = 0; i < Math.max(size, entries.length); i++) {
            String was = i < size ? AuditTrail.show(actual.entry(i).bytes()) : "not there";
            String expected = i < entries.length ? AuditTrail.show(entries[i]) : "none";
            if (!was.equals(expected)) {
                throw failure("entry " + i + " is " + was + ", expected " + expected);
            }
        }
        return this;
    }

    /**
     * Asserts that all the log held at an earlier checkpoint is still there, unchanged. It may have grown.
     *
     * <pre>{@code
     * TrustedCheckpoint before = audit.checkpoint();
     * audit.append(a);
     * assertThat(audit).extends_(before);                // passes
     * assertThat(other).extends_(audit.checkpoint());    // fails: the log has 0 entries, at the checkpoint it had 1
     * }</pre>
     *
     * @param earlier a checkpoint of this log
     * @return this
     * @throws AssertionError if the log is no continuation of it
     */
    @CanIgnoreReturnValue
    public MerkleLogAssert extends_(TrustedCheckpoint earlier) {
        actual.verify(requireNonNull(earlier, "earlier")).reason().ifPresent(reason -> {
            throw failure("the log doesn't extend the checkpoint " + earlier + ": " + reason);
        });
        return this;
    }

    /**
     * Asserts that the whole log is as a golden file has it: {@link AuditTrail#text} of it, which is made to be read
     * and reviewed.
     *
     * <p>The file is never written in a normal run. To make it, or to accept a changed trail, run the test once with
     * the system property {@code vaultmesh.golden} set to {@code refresh} ({@code mvn test -Dvaultmesh.golden=refresh};
     * Gradle hands no property on to tests by itself), and review the difference before it is committed. The entries
     * must not hold times or random numbers.
     *
     * <pre>{@code
     * Path golden = Path.of("src/test/golden/transfer.txt");
     * assertThat(audit).matchesGolden(golden);   // passes, if the file was made from this trail
     * audit.append(a);
     * assertThat(audit).matchesGolden(golden);   // fails: first at entry 1: expected: nothing, was: 1 … text a
     * }</pre>
     *
     * @param file the golden file
     * @return this
     * @throws AssertionError if the file is absent, or has another trail; it shows the first entry that differs
     * @throws IllegalArgumentException if the system property has another value than {@code refresh}
     * @throws java.io.UncheckedIOException if the file can't be read or refreshed
     */
    @CanIgnoreReturnValue
    public MerkleLogAssert matchesGolden(Path file) {
        new GoldenFile(requireNonNull(file, "file")).check(actual);
        return this;
    }

    private AssertionError failure(String what) {
        return new AssertionError(what + "\n" + AuditTrail.end(actual, SHOWN));
    }
}
