package io.vaultmesh.remembrancer;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A page of what was searched for. Immutable and thread-safe.
 *
 * @param hits the hits, the best first
 * @param next the cursor of the next page, for {@link Query#after}; empty if this is the last one
 * @param cut whether more records match than are ranked, which are the newest {@link
 *     io.vaultmesh.remembrancer.index.Search#MAX_RANKED}
 * @param matches how many records all pages give together
 */
public record Page(List<Hit> hits, Optional<String> next, boolean cut, long matches) implements Iterable<Hit> {

    /**
     * Creates a page.
     *
     * @param hits the hits, the best first
     * @param next the cursor of the next page
     * @param cut whether more records match than are ranked
     * @param matches how many records all pages give together
     */
    public Page {
        hits = List.copyOf(hits);
    }

    @Override
    public Iterator<Hit> iterator() {
        return hits.iterator();
    }
}
