package io.vaultmesh.remembrancer;

import io.vaultmesh.remembrancer.index.ComponentActivity;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.index.SearchHit;
import io.vaultmesh.remembrancer.index.SearchResult;
import io.vaultmesh.remembrancer.index.Timeline;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A namespace that can be searched: one that is written, or one that is read beside its writer. Thread-safe. */
public abstract sealed class Searchable permits Namespace, NamespaceReader {

    Searchable() {}

    /**
     * The namespace's name.
     *
     * @return the name
     */
    public abstract NamespaceName name();

    abstract <T> T ask(Function<MemoryIndex, T> question);

    /**
     * The leaf index after the last record that may be shown, asked for before the index is: those beyond can't be proven
     * yet, and count for nothing.
     */
    abstract long end();

    /** The receipt of the record that has a leaf index. */
    abstract Receipt receiptAt(long leafIndex);

    /**
     * The records in the order of their authors' clocks, and of the log where these agree.
     *
     * @param part which of them
     * @return the records that there are now, read as the stream is
     */
    public Stream<Hit> timeline(Timeline part) {
        long end = end();
        return ask(of -> of.timeline(part, end)).map(this::hit);
    }

    /**
     * The components that records are about, by name. The index says so, and nothing proves it; {@link #timeline(Timeline)}
     * of a component gives its records.
     *
     * @param part which records count
     * @return how many records are about each, and from when to when; read as the stream is
     */
    public Stream<ComponentActivity> components(Timeline part) {
        long end = end();
        return ask(of -> of.components(part, end));
    }

    /**
     * Searches for records that have all the words of a text, in title, component, version, body or attributes. Nothing in
     * it is syntax, so it may come from anybody.
     *
     * @param words the words; conditions can be added to what is returned
     * @return the query, which searches when it is asked for its hits
     * @throws IllegalArgumentException if there are more than {@link Search#MAX_WORDS} words, or {@link Search#MAX_TEXT}
     *     characters
     */
    public Query query(String words) {
        return query(Search.words(words));
    }

    /**
     * Searches.
     *
     * @param search what for
     * @return the query, which searches when it is asked for its hits
     */
    public Query query(Search search) {
        return new Query(this, search);
    }

    Page search(Search search) {
        long end = end();
        SearchResult result = ask(of -> of.search(search, end));
        List<Hit> hits = result.hits().stream().map(this::hit).toList();
        return new Page(hits, result.next(), result.cut(), result.matches());
    }

    private Hit hit(SearchHit found) {
        return new Hit(this, found);
    }
}
