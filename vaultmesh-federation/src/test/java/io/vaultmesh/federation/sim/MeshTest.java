package io.vaultmesh.federation.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.core.hash.Hash;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshTest {

    /** All linked with all, where nothing goes wrong but that messages overtake each other. */
    static SimPlan mesh(int nodes, int records) {
        List<int[]> links = new ArrayList<>();
        Set<Integer> all = new TreeSet<>();
        for (int i = 0; i < nodes; i++) {
            all.add(i);
            for (int j = 0; j < i; j++) {
                links.add(new int[] {j, i});
            }
        }
        return new SimPlan(nodes, links, EnumSet.noneOf(Fault.class), Set.of(), List.of(all, all), records);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noEntryCrossesALinkToANodeThatHasIt(long seed) {
        SimWorld world = new SimWorld(seed, mesh(8, 60), new SimCounters());
        Hash unused = world.run();
        assertEquals(0, world.needless());
        assertEquals(60 * 7, world.crossings()); // each entry to each of the others, once
    }

    /** 50 nodes, and more records, by {@code -Dvaultmesh.largeMesh=10000}; each has two links in a ring, some across. */
    @Test
    void aLargeMeshComesToHaveTheSame() {
        int records = Integer.getInteger("vaultmesh.largeMesh", 40);
        int nodes = records > 40 ? 50 : 15;
        List<int[]> links = new ArrayList<>();
        Set<Integer> all = new TreeSet<>();
        for (int i = 0; i < nodes; i++) {
            all.add(i);
            links.add(new int[] {Math.min(i, (i + 1) % nodes), Math.max(i, (i + 1) % nodes)});
            if (i + 7 < nodes) {
                links.add(new int[] {i, i + 7});
            }
        }
        SimCounters counters = new SimCounters();
        SimPlan plan =
                new SimPlan(nodes, links, EnumSet.of(Fault.LOSS, Fault.REORDER), Set.of(), List.of(all, all), records);
        SimWorld world = new SimWorld(1, plan, counters);
        Hash unused = world.run();
        assertEquals(1, counters.worlds());
        System.out.println(nodes + " nodes, " + records + " records: " + counters);
    }
}
