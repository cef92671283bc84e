package io.vaultmesh.remembrancer.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonNull;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

    @TempDir
    Path directory;

    private MemoryIndex index;

    @BeforeEach
    void open() {
        index = MemoryIndex.sqlite(directory.resolve("index.db"), Records.ORIGIN);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private List<Long> found(Search search) {
        return index.search(search).hits().stream().map(SearchHit::index).toList();
    }

    private static String refused(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @Nested
    class Words {
        @Test
        void areFoundInTitleComponentVersionBodyAndStringsOfAttributes() {
            Records.Draft draft = Records.draft()
                    .title("Zürich")
                    .component("ledger")
                    .text("the body")
                    .attribute("where", new JsonString("production"))
                    .attribute("replicas", new JsonNumber(42));
            draft.version = Optional.of("1.4.0-rc1");
            Records.add(index, draft);
            for (String text : List.of("zurich", "LEDGER", "1.4.0-rc1", "body", "production", "ledger body")) {
                assertEquals(List.of(0L), found(Search.words(text)), text);
            }
            for (String text : List.of("42", "led", "ledger nothing", "rc1-0", "where")) {
                assertEquals(List.of(), found(Search.words(text)), text);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "plain \"",
                    "\"plain",
                    "plain'",
                    "plain*",
                    "plain AND",
                    "AND plain",
                    "NEAR(plain",
                    "title:plain",
                    "{title} : (plain",
                    "plain) OR (x",
                    "-plain",
                    "plain NOT x",
                    "^plain",
                    "plain + and",
                    "plain\0",
                    "plain\0'; DROP TABLE record; --",
                    "*reads",
                    "🚀 plain",
                    "plain \u0001 \u2028 \u00a0",
                })
        void areNeverSyntax(String text) {
            Records.add(
                    index,
                    Records.draft().title("plain"),
                    Records.draft().title("plain and near plain title plain not x or drop table record reads"));
            List<Long> found = found(Search.words(text));
            assertTrue(found.contains(1L), text + " finds " + found);
            assertEquals(2, index.state().size());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\n\t", "\"", "...", "\" \"", "🚀", "\0", "()*:^"})
        void thatAreNoneMatchNothing(String text) {
            Records.add(index, Records.draft());
            SearchResult result = index.search(Search.words(text));
            assertEquals(new SearchResult(List.of(), Optional.empty(), false, 0), result);
        }

        @Test
        void beyondTheBoundsAreRefused() {
            assertEquals(0, index.search(Search.words("a ".repeat(64))).matches());
            assertTrue(refused(() -> Search.words("a ".repeat(65))).contains("65 words"));
            assertTrue(refused(() -> Search.words("a".repeat(1 << 20))).contains("1048576 characters"));
            assertTrue(refused(() -> Search.expression("a".repeat(4097))).contains("4097 characters"));
            assertEquals(0, index.search(Search.words("-a".repeat(2048))).matches());
        }
    }

    @Nested
    class Expressions {
        @Test
        void areOfFts5AndRankTitlesFirst() {
            Records.add(
                    index,
                    Records.draft().title("ledger deployed"),
                    Records.draft().title("router").text("after ledger"),
                    Records.draft().title("ledger").text("rollback"));
            assertEquals(List.of(2L, 0L, 1L), found(Search.expression("ledger")));
            assertEquals(List.of(0L, 1L), found(Search.expression("led* NOT roll*")));
            assertEquals(List.of(1L), found(Search.expression("text : ledger")));
            assertEquals(List.of(2L, 1L, 0L), found(Search.expression("router OR ledger")));
            assertEquals(
                    List.of(0L),
                    found(Search.words("ledger")
                            .limit(1)
                            .after(index.search(Search.words("ledger").limit(1))
                                    .next()
                                    .orElseThrow())));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"open",
                    "AND",
                    "a AND",
                    "nosuch : a",
                    "a) OR (b",
                    "(((",
                    "NEAR(a b",
                    "*reads",
                    " *id",
                    "a\0b"
                })
        void thatAreNoneAreNamed(String expression) {
            Records.add(index, Records.draft().title("a b"));
            assertTrue(
                    refused(() -> index.search(Search.expression(expression))).contains("FTS5"), expression);
            assertEquals(List.of(0L), found(Search.expression("a")), "the index is still good");
        }
    }

    @Test
    void anExpressionThatAsksFts5AboutItsInnardsIsNotEvenMade() {
        assertTrue(refused(() -> Search.expression("*reads")).contains("*reads"));
        assertTrue(refused(() -> Search.expression(" *id")).contains("*id"));
        assertTrue(refused(() -> Search.expression("a\0b")).contains("NUL"));
    }

    @Nested
    class Cursors {
        private final Search search = Search.words("common").limit(3);

        @BeforeEach
        void fill() {
            index.add(Records.plain(0, 10), Records.root(10));
        }

        private String cursor() {
            return index.search(search).next().orElseThrow();
        }

        @Test
        void ofAnotherSearchOrLogAreRefused() {
            String cursor = cursor();
            assertEquals(List.of(6L, 5L, 4L), found(search.after(cursor)));
            assertEquals(List.of(6L, 5L), found(search.limit(2).after(cursor)));
            for (Search other : List.of(
                    Search.words("record"),
                    Search.all(),
                    Search.expression("common"),
                    search.component("x"),
                    search.version("1"),
                    search.author("x"),
                    search.since(Records.START),
                    search.until(Records.START),
                    search.attribute("a", new JsonString("b")),
                    search.kinds(io.vaultmesh.remembrancer.memory.Kind.INCIDENT))) {
                assertTrue(
                        refused(() -> index.search(other.after(cursor))).contains("another search"), other.toString());
            }
            try (MemoryIndex other = MemoryIndex.sqlite(directory.resolve("other.db"), "other.example/main")) {
                other.add(Records.plain(0, 10), Records.root(10));
                assertTrue(refused(() -> other.search(search.after(cursor))).contains("another search or log"));
            }
        }

        @Test
        void thatAreMalformedAreRefused() {
            String cursor = cursor();
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            for (int i = 0; i < bytes.length; i++) {
                byte[] flipped = bytes.clone();
                flipped[i] ^= 1;
                String text = Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
                assertTrue(refused(() -> index.search(search.after(text))).contains("malformed"), text);
            }
            for (String text : List.of("", "x", "ü", cursor + "A", cursor.substring(4), "A".repeat(100_000))) {
                assertTrue(refused(() -> index.search(search.after(text))).length() < 400);
            }
        }

        @Test
        void ofALargerIndexAreRefused() {
            String cursor = cursor();
            index.clear();
            assertTrue(refused(() -> index.search(search.after(cursor))).contains("has 0"));
        }
    }

    @Test
    void moreThanTenThousandMatchesAreCutToTheNewest() {
        try (BulkLoad load = index.rebuild()) {
            load.add(Records.plain(0, 10_000));
            load.finish(Records.root(10_000));
        }
        for (Search all : List.of(Search.words("common"), Search.all(), Search.expression("common"))) {
            assertFalse(index.search(all).cut(), all.toString());
            assertEquals(10_000, index.search(all).matches());
        }
        Records.add(index, Records.draft().title("common"), Records.draft().text("common"));
        for (Search search : List.of(
                Search.words("common"),
                Search.all(),
                Search.all().author("did:key:zAlice"),
                Search.expression("common"))) {
            Search all = search.limit(999);
            List<Long> found = new ArrayList<>();
            SearchResult page = index.search(all);
            for (; ; page = index.search(all.after(page.next().orElseThrow()))) {
                assertTrue(page.cut());
                assertEquals(10_000, page.matches());
                page.hits().forEach(hit -> found.add(hit.index()));
                if (page.next().isEmpty()) {
                    break;
                }
            }
            assertEquals(10_000, found.size());
            assertEquals(10_000, new HashSet<>(found).size());
            assertEquals(2, found.stream().mapToLong(Long::longValue).min().orElseThrow(), search.toString());
            assertEquals(search.text().isPresent() ? 10_000L : 10_001L, found.get(0), search.toString());
        }
    }

    @Test
    void whatCannotBeSearchedForIsRefused() {
        assertTrue(refused(() -> Search.all().limit(0)).contains("limit is 0"));
        assertTrue(refused(() -> Search.all().limit(1001)).contains("limit is 1001"));
        assertTrue(refused(() -> Search.all().attribute("a", JsonNull.NULL)).contains("null"));
    }
}
