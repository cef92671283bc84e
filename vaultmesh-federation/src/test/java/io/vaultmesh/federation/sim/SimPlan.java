package io.vaultmesh.federation.sim;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What a world is made of, all by its seed: how many nodes, who is linked to whom, which faults and which treason.
 *
 * @param nodes how many nodes
 * @param links pairs of linked nodes; the honest ones are connected
 * @param faults what goes wrong; at least four kinds
 * @param treasons what the last node does; nothing if it is honest
 * @param members of each namespace, which nodes keep it
 * @param records how many records are made
 */
record SimPlan(
        int nodes,
        List<int[]> links,
        Set<Fault> faults,
        Set<Treason> treasons,
        List<Set<Integer>> members,
        int records) {

    static final List<NamespaceName> NAMESPACES = List.of(NamespaceName.MAIN, new NamespaceName("dao:treasury"));

    static SimPlan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean byzantine = seed % 2 == 0;
        int nodes = 3 + random.nextInt(3) + (byzantine ? 1 : 0);
        int honest = byzantine ? nodes - 1 : nodes;
        List<int[]> links = new ArrayList<>();
        for (int i = 1; i < honest; i++) {
            links.add(new int[] {random.nextInt(i), i});
        }
        for (int i = 0; i < nodes; i++) {
            for (int j = i + 1; j < nodes; j++) {
                int a = i;
                int b = j;
                boolean linked = links.stream().anyMatch(link -> link[0] == a && link[1] == b);
                if (!linked && (j >= honest || random.nextInt(3) == 0)) {
                    links.add(new int[] {i, j});
                }
            }
        }
        // all are in the first namespace; the second has two linked honest nodes at least, and not everybody
        Set<Integer> some = new TreeSet<>(List.of(0, 1));
        for (int i = 2; i < honest; i++) {
            int node = i;
            boolean reached =
                    links.stream().anyMatch(link -> link[1] == node && some.contains(link[0]) && link[0] < node);
            if (reached && random.nextBoolean()) {
                some.add(i);
            }
        }
        if (byzantine && random.nextBoolean()) {
            some.add(nodes - 1);
        }
        Set<Integer> all = new TreeSet<>();
        for (int i = 0; i < nodes; i++) {
            all.add(i);
        }
        Set<Treason> treasons = byzantine ? some(Treason.class, 1 + random.nextInt(3), random) : Set.of();
        return new SimPlan(
                nodes,
                links,
                some(Fault.class, 4 + random.nextInt(4), random),
                treasons,
                List.of(all, some),
                40 + random.nextInt(20));
    }

    private static <E extends Enum<E>> Set<E> some(Class<E> type, int count, SplittableRandom random) {
        List<E> all = new ArrayList<>(EnumSet.allOf(type));
        Collections.shuffle(all, new Random(random.nextLong()));
        return EnumSet.copyOf(all.subList(0, count));
    }

    boolean isByzantine(int node) {
        return !treasons.isEmpty() && node == nodes - 1;
    }
}
