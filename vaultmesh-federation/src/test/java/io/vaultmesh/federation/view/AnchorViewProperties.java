package io.vaultmesh.federation.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnchorViewProperties {

    /** Few values, so that there are ties in everything. */
    @Provide
    Arbitrary<List<Anchor>> anchors() {
        return Combinators.combine(
                        Arbitraries.of("btc:mainnet", "btc:regtest", "eip155:1", "eip155:10", "rfc3161:a", "git:a"),
                        Arbitraries.of("00", "01"),
                        Arbitraries.of(OptionalLong.empty(), OptionalLong.of(0), OptionalLong.of(1)),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(true, true, false))
                .as((chain, transaction, height, seconds, verified) ->
                        new Anchor(chain, transaction, height, AnchorViewTest.T0.plusSeconds(seconds), verified))
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 300)
    void doesNotDependOnTheOrder(
            @ForAll("anchors") List<Anchor> anchors, @ForAll AnchorRule rule, @ForAll Random random) {
        List<Anchor> shuffled = new ArrayList<>(anchors);
        shuffled.addAll(anchors);
        Collections.shuffle(shuffled, random);
        assertEquals(AnchorView.of(anchors, rule), AnchorView.of(shuffled, rule));
    }

    @Property(tries = 300)
    void hasEveryAnchorOnce(@ForAll("anchors") List<Anchor> anchors, @ForAll AnchorRule rule) {
        AnchorView view = AnchorView.of(anchors, rule);
        List<Anchor> all = new ArrayList<>(view.superseded());
        view.winner().ifPresent(all::add);
        all.addAll(view.unverified());
        assertEquals(new HashSet<>(anchors), new HashSet<>(all));
        assertEquals(Set.copyOf(anchors).size(), all.size());
    }

    @Property(tries = 300)
    void winsAlsoAgainstEachLoserAlone(@ForAll("anchors") List<Anchor> anchors, @ForAll AnchorRule rule) {
        AnchorView view = AnchorView.of(anchors, rule);
        for (Anchor lost : view.superseded()) {
            assertEquals(
                    view.winner(),
                    AnchorView.of(List.of(lost, view.winner().orElseThrow()), rule)
                            .winner());
            assertEquals(view.winner(), view.supersededBy(lost));
        }
        assertTrue(view.winner().isPresent() || anchors.stream().noneMatch(Anchor::verified));
    }
}
