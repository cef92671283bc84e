package io.vaultmesh.remembrancer;

import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.Kind;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A search in a namespace. Immutable: every method that adds a condition returns a changed copy. It searches whenever it
 * is asked for hits, in all that was recorded by then. Thread-safe; usable as long as the memory is open.
 *
 * <p>Which records match, and in which order they come, is said at {@link Search}.
 */
public final class Query implements Iterable<Hit> {

    private final Searchable namespace;
    private final Search search;

    Query(Searchable namespace, Search search) {
        this.namespace = namespace;
        this.search = search;
    }

    private Query with(Search changed) {
        return new Query(namespace, changed);
    }

    /**
     * Only records of some kinds.
     *
     * @param any the kinds, one of which a record must have
     * @return the changed copy
     */
    public Query kinds(Kind... any) {
        return with(search.kinds(any));
    }

    /**
     * Only records about a component.
     *
     * @param name the component
     * @return the changed copy
     */
    public Query component(String name) {
        return with(search.component(name));
    }

    /**
     * Only records about a version.
     *
     * @param number the version
     * @return the changed copy
     */
    public Query version(String number) {
        return with(search.version(number));
    }

    /**
     * Only records of an author.
     *
     * @param didKey the author's did:key
     * @return the changed copy
     */
    public Query author(String didKey) {
        return with(search.author(didKey));
    }

    /**
     * Leaves out what is earlier.
     *
     * @param earliest the earliest time; inclusive
     * @return the changed copy
     */
    public Query since(Instant earliest) {
        return with(search.since(earliest));
    }

    /**
     * Leaves out what is later.
     *
     * @param end the latest time; exclusive
     * @return the changed copy
     */
    public Query until(Instant end) {
        return with(search.until(end));
    }

    /**
     * Only records that have an attribute.
     *
     * @param name its name; replaces an earlier condition on it
     * @param value its value
     * @return the changed copy
     * @throws IllegalArgumentException if there are 32 conditions on attributes already
     */
    public Query attribute(String name, String value) {
        return with(search.attribute(name, new JsonString(value)));
    }

    /**
     * Only records that have an attribute.
     *
     * @param name its name; replaces an earlier condition on it
     * @param value its value
     * @return the changed copy
     * @throws IllegalArgumentException if there are 32 conditions on attributes already
     */
    public Query attribute(String name, long value) {
        return with(search.attribute(name, new JsonNumber(value)));
    }

    /**
     * Only records that have an attribute.
     *
     * @param name its name; replaces an earlier condition on it
     * @param value its value
     * @return the changed copy
     * @throws IllegalArgumentException if there are 32 conditions on attributes already
     */
    public Query attribute(String name, boolean value) {
        return with(search.attribute(name, new JsonBoolean(value)));
    }

    /**
     * How many hits a page has.
     *
     * @param hits the most that there are in a page, 20 by default
     * @return the changed copy
     * @throws IllegalArgumentException if it is not from 1 to {@link Search#MAX_LIMIT}
     */
    public Query limit(int hits) {
        return with(search.limit(hits));
    }

    /**
     * The page that begins at a cursor: as it would have been when the first page was asked for.
     *
     * @param next the cursor that the page before gave, from the same query
     * @return the changed copy
     */
    public Query after(String next) {
        return with(search.after(next));
    }

    /**
     * Searches.
     *
     * @return the page
     * @throws IllegalArgumentException if the search is an expression and not a legal one, or the cursor is malformed or of
     *     another search
     * @throws java.io.UncheckedIOException if the index can't be read or written
     */
    public Page page() {
        return namespace.search(search);
    }

    /**
     * Searches, for one page.
     *
     * @return its hits, the best first
     * @throws IllegalArgumentException as {@link #page} does
     */
    @Override
    public Iterator<Hit> iterator() {
        return page().iterator();
    }

    /**
     * Searches, page by page.
     *
     * @return the hits of this page and of those that follow, searched for as the stream is read
     * @throws IllegalArgumentException as {@link #page} does
     */
    public Stream<Hit> stream() {
        return Stream.iterate(Optional.of(page()), Optional::isPresent, this::following)
                .flatMap(page -> page.orElseThrow().hits().stream());
    }

    private Optional<Page> following(Optional<Page> page) {
        return page.flatMap(Page::next).map(next -> after(next).page());
    }
}
