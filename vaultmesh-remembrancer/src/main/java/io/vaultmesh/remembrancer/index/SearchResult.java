package io.vaultmesh.remembrancer.index;

import java.util.List;
import java.util.Optional;

/**
 * A page of hits.
 *
 * @param hits the hits, the best first
 * @param next the cursor of the next page, for {@link Search#after}; empty if this is the last one
 * @param cut whether more than {@link Search#MAX_RANKED} records match, of which only the newest ones are given
 * @param matches how many records all pages give together, at most {@link Search#MAX_RANKED}
 */
public record SearchResult(List<SearchHit> hits, Optional<String> next, boolean cut, long matches) {

    /**
     * Creates a page.
     *
     * @param hits the hits, the best first
     * @param next the cursor of the next page
     * @param cut whether more records match than are given
     * @param matches how many records all pages give together
     */
    public SearchResult {
        hits = List.copyOf(hits);
    }
}
