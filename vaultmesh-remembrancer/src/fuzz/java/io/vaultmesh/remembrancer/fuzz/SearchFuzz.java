package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.index.SearchResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What anybody types is searched for, as words or as an expression, or refused. */
class SearchFuzz {

    @TempDir
    Path directory;

    private MemoryIndex index;

    @BeforeEach
    void open() {
        index = Fixture.index(directory.resolve("index.db"));
    }

    @AfterEach
    void close() {
        index.close();
    }

    @FuzzTest
    void parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        Search words;
        try {
            words = Search.words(text);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return; // too long, or too many
        }
        SearchResult found = index.search(words); // nothing in words is syntax
        assertEquals(found.matches(), found.hits().size());
        try {
            SearchResult matched = index.search(Search.expression(text));
            assertTrue(matched.matches() <= Fixture.RECEIPTS.size(), () -> "matches: " + matched.matches());
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
        }
    }
}
