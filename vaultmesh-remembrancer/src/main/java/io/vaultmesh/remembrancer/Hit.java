package io.vaultmesh.remembrancer;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.index.IndexDamagedException;
import io.vaultmesh.remembrancer.index.SearchHit;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.Predicate;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that was found. What it says of the record is what the index says, which is not proven: {@link #receipt} proves
 * it, or shows that the index was tampered with. Immutable and thread-safe; usable as long as the memory is open.
 */
public final class Hit {

    private final Searchable namespace;
    private final SearchHit found;

    Hit(Searchable namespace, SearchHit found) {
        this.namespace = namespace;
        this.found = found;
    }

    /**
     * The record with the proof that it is logged, read from the log.
     *
     * @return the receipt, with the log's newest checkpoint
     * @throws IndexDamagedException if the record is not what the index says it is
     * @throws io.vaultmesh.core.log.LogDamagedException if what is on disk is not what was logged
     */
    public Receipt receipt() {
        Receipt receipt = namespace.receiptAt(found.index());
        SearchHit logged = of(found.index(), receipt.record());
        if (!logged.equals(found)) {
            throw new IndexDamagedException("the index of namespace " + namespace.name() + " has " + found
                    + ", but what is logged there is " + logged + "; make the index anew");
        }
        return receipt;
    }

    private static SearchHit of(long index, MemoryRecord record) {
        Predicate predicate = record.predicate();
        return new SearchHit(
                index,
                record.id(),
                record.kind(),
                predicate.title(),
                predicate.component(),
                predicate.version(),
                predicate.author(),
                predicate.at());
    }

    /**
     * The record, read from the log and compared with what the index says.
     *
     * @return the record
     * @throws IndexDamagedException if the record is not what the index says it is
     * @throws io.vaultmesh.core.log.LogDamagedException if what is on disk is not what was logged
     */
    public MemoryRecord record() {
        return receipt().record();
    }

    /**
     * The record's id.
     *
     * @return its leaf hash
     */
    public Hash id() {
        return found.id();
    }

    /**
     * Where the record is in the log.
     *
     * @return the leaf index
     */
    public long index() {
        return found.index();
    }

    /**
     * The record's kind.
     *
     * @return the kind
     */
    public Kind kind() {
        return found.kind();
    }

    /**
     * One line for people.
     *
     * @return the title
     */
    public String title() {
        return found.title();
    }

    /**
     * What the record is about.
     *
     * @return the component, if there is one
     */
    public Optional<String> component() {
        return found.component();
    }

    /**
     * Which version of the component.
     *
     * @return the version, if there is one
     */
    public Optional<String> version() {
        return found.version();
    }

    /**
     * Who made the record.
     *
     * @return the did:key
     */
    public String author() {
        return found.author();
    }

    /**
     * When, by the author's clock.
     *
     * @return the time
     */
    public Instant at() {
        return found.at();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hit hit && namespace == hit.namespace && found.equals(hit.found);
    }

    @Override
    public int hashCode() {
        return found.hashCode();
    }

    @Override
    public String toString() {
        return found.kind().label() + " \"" + found.title() + "\" at index " + found.index();
    }
}
