package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.index.SearchResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A cursor that somebody sends is refused, or gives a page that is no larger than asked for: whatever its numbers are. */
class CursorFuzz {

    private static final int HEAD = 1 + 8; // its format, and which search it is of
    private static final int CHECK = 8;
    private static final Search ALL = Search.all().limit(1);
    private static final Search WORDS = Search.words("the").limit(1);

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
        page(ALL, new String(bytes, UTF_8));
        for (Search search : new Search[] {ALL, WORDS}) {
            String own = index.search(search).next().orElseThrow();
            Optional<String> next = Optional.of(withNumbers(own, bytes));
            for (int pages = 0; next.isPresent(); pages++) {
                assertTrue(pages <= Fixture.RECEIPTS.size(), "the pages come to an end");
                next = page(search, next.get());
            }
        }
    }

    /** The cursor with other numbers, and the checksum that makes it look whole. */
    private static String withNumbers(String cursor, byte[] numbers) {
        byte[] all = Base64.getUrlDecoder().decode(cursor);
        System.arraycopy(numbers, 0, all, HEAD, Math.min(numbers.length, all.length - HEAD - CHECK));
        byte[] hash = Hashing.sha256(Arrays.copyOf(all, all.length - CHECK)).bytes();
        System.arraycopy(hash, 0, all, all.length - CHECK, CHECK);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    private Optional<String> page(Search search, String cursor) {
        try {
            SearchResult page = index.search(search.after(cursor));
            assertTrue(page.hits().size() <= search.limit(), () -> "hits: " + page.hits());
            assertTrue(page.next().isEmpty() || !page.hits().isEmpty(), "another page after none");
            return page.next();
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return Optional.empty();
        }
    }
}
