package io.vaultmesh.federation.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorViewTest {

    static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");

    private static Anchor anchor(String chain, String transaction, long height, int seconds) {
        OptionalLong block = height < 0 ? OptionalLong.empty() : OptionalLong.of(height);
        return new Anchor(chain, transaction, block, T0.plusSeconds(seconds), true);
    }

    private static Anchor unverified(Anchor anchor) {
        return new Anchor(anchor.chain(), anchor.transaction(), anchor.height(), anchor.time(), false);
    }

    private static void assertOrder(AnchorRule rule, Anchor... bestFirst) {
        for (List<Anchor> given : List.of(List.of(bestFirst), reversed(bestFirst))) {
            AnchorView view = AnchorView.of(given, rule);
            assertEquals(bestFirst[0], view.winner().orElseThrow());
            assertEquals(List.of(bestFirst).subList(1, bestFirst.length), view.superseded());
        }
    }

    private static List<Anchor> reversed(Anchor... anchors) {
        List<Anchor> list = new ArrayList<>(List.of(anchors));
        Collections.reverse(list);
        return list;
    }

    @Nested
    class Earliest {
        @Test
        void prefersWhatIsMoreFinalWhateverTheTime() {
            assertOrder(
                    AnchorRule.EARLIEST,
                    anchor("btc:mainnet", "ff", 9, 100),
                    anchor("eip155:1", "aa", 8, 50),
                    anchor("rfc3161:example", "00", -1, 0),
                    anchor("git:origin", "00", -1, -9));
        }

        @Test
        void prefersTheEarliestOfOneKind() {
            assertOrder(
                    AnchorRule.EARLIEST,
                    anchor("eip155:8453", "ff", 900, 1),
                    anchor("eip155:1", "aa", 7, 2),
                    anchor("eip155:1", "00", 8, 3));
        }

        @Test
        void decidesTiesByChainThenTransaction() {
            assertOrder(
                    AnchorRule.EARLIEST,
                    anchor("eip155:1", "01", 7, 0),
                    anchor("eip155:1", "02", 7, 0),
                    anchor("eip155:10", "00", 7, 0),
                    anchor("eip155:8453", "00", 7, 0));
        }

        @Test
        void comparesBytesAndNotAlphabets() {
            // a locale's order has lower case first, or ignores it
            assertOrder(AnchorRule.EARLIEST, anchor("rfc3161:Z", "00", -1, 0), anchor("rfc3161:a", "00", -1, 0));
        }

        @Test
        void keepsBothOfWhatIsSaidOfOneTransaction() {
            assertOrder(
                    AnchorRule.EARLIEST,
                    anchor("eip155:1", "01", -1, 0),
                    anchor("eip155:1", "01", 0, 0),
                    anchor("eip155:1", "01", 5, 0));
        }
    }

    @Nested
    class HigherBlockFirst {
        @Test
        void prefersTheHigherBlockOfOneChain() {
            assertOrder(
                    AnchorRule.HIGHER_BLOCK_FIRST,
                    anchor("eip155:1", "ff", 9, 100),
                    anchor("eip155:1", "aa", 8, 0),
                    anchor("eip155:1", "ab", 8, 0));
        }

        @Test
        void prefersWhatIsMoreFinalWhateverTheHeight() {
            assertOrder(
                    AnchorRule.HIGHER_BLOCK_FIRST,
                    anchor("btc:mainnet", "ff", 1, 0),
                    anchor("eip155:1", "aa", 90, 0),
                    anchor("rfc3161:example", "00", -1, 0));
        }

        @Test
        void doesNotCompareHeightsOfTwoChains() {
            assertOrder(
                    AnchorRule.HIGHER_BLOCK_FIRST,
                    anchor("eip155:1", "ff", 7, 0),
                    anchor("eip155:8453", "00", 9_000_000, 0));
        }
    }

    @Nested
    class Of {
        @Test
        void hasNoWinnerWhereNothingWasVerified() {
            assertEquals(
                    new AnchorView(Optional.empty(), List.of(), List.of()),
                    AnchorView.of(List.of(), AnchorRule.EARLIEST));
            Anchor claimed = unverified(anchor("btc:mainnet", "00", 1, 0));
            AnchorView view = AnchorView.of(List.of(claimed), AnchorRule.EARLIEST);
            assertEquals(Optional.empty(), view.winner());
            assertEquals(List.of(claimed), view.unverified());
        }

        @Test
        void letsOnlyVerifiedAnchorsCompete() {
            Anchor claimed = unverified(anchor("btc:mainnet", "00", 1, 0));
            Anchor verified = anchor("rfc3161:example", "ff", -1, 100);
            AnchorView view = AnchorView.of(List.of(claimed, verified), AnchorRule.EARLIEST);
            assertEquals(Optional.of(verified), view.winner());
            assertEquals(List.of(), view.superseded());
            assertEquals(Optional.empty(), view.supersededBy(claimed));
        }

        @Test
        void countsAnAnchorOnce() {
            Anchor one = anchor("btc:mainnet", "00", 1, 0);
            AnchorView view = AnchorView.of(List.of(one, one), AnchorRule.EARLIEST);
            assertEquals(List.of(), view.superseded());
        }

        @Test
        void namesWhatSupersededALoser() {
            Anchor won = anchor("btc:mainnet", "00", 1, 0);
            Anchor lost = anchor("rfc3161:example", "ff", -1, 0);
            AnchorView view = AnchorView.of(List.of(lost, won), AnchorRule.EARLIEST);
            assertEquals(Optional.of(won), view.supersededBy(lost));
            assertEquals(Optional.empty(), view.supersededBy(won));
            assertEquals(
                    "[{\"block\":1,\"chain\":\"btc:mainnet\",\"time\":\"2026-01-02T03:04:05Z\",\"tx\":\"00\"},"
                            + "{\"chain\":\"rfc3161:example\",\"superseded_by\":{\"chain\":\"btc:mainnet\",\"tx\":\"00\"},"
                            + "\"time\":\"2026-01-02T03:04:05Z\",\"tx\":\"ff\"}]",
                    new String(CanonicalJson.encode(view.toJson()), UTF_8));
        }

        @Test
        void isAViewThatFits() {
            Anchor verified = anchor("btc:mainnet", "00", 1, 0);
            Anchor claimed = unverified(verified);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new AnchorView(Optional.empty(), List.of(verified), List.of()).winner());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new AnchorView(Optional.of(claimed), List.of(), List.of()).winner());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new AnchorView(Optional.of(verified), List.of(claimed), List.of()).winner());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new AnchorView(Optional.empty(), List.of(), List.of(verified)).winner());
        }
    }

    @Nested
    class AnAnchor {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "btc",
                    "btc:",
                    ":mainnet",
                    "BTC:mainnet",
                    "btc:main net",
                    "bt:x",
                    "btc:mainnet\n",
                    "toolongname:x"
                })
        void hasAChainThatIsOne(String chain) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> anchor(chain, "00", 1, 0).chain())
                    .getMessage();
            assertTrue(message.startsWith("chain is ") && message.contains("expected"), message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0", "0x00", "FF", "zz", "00\n"})
        void hasATransactionInHex(String transaction) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> anchor("btc:mainnet", transaction, 1, 0).chain())
                    .getMessage();
            assertTrue(message.startsWith("transaction is ") && message.contains("expected"), message);
        }

        @Test
        void isBounded() {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> anchor("btc:" + "a".repeat(65), "00", 1, 0).chain());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> anchor("btc:mainnet", "00".repeat(129), 1, 0).chain());
            for (long height : new long[] {-1, 1L << 53}) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Anchor("btc:mainnet", "00", OptionalLong.of(height), T0, true).chain());
            }
        }
    }
}
