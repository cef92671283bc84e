package io.vaultmesh.federation.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.Remembrancer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes, each with a memory of its own, over real HTTP through proxies that can be cut. */
@Timeout(120)
class ThreeProcesses {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int ROUNDS = 50;
    private static final long PATIENCE = 2000; // ms

    @TempDir
    Path home;

    private final Map<String, Child> children = new LinkedHashMap<>();
    private final Map<String, FaultProxy> proxies = new LinkedHashMap<>(); // by who asks and who is asked
    private final List<String> acknowledged = new ArrayList<>();

    @AfterEach
    void end() throws IOException {
        children.values().forEach(Child::close);
        for (FaultProxy proxy : proxies.values()) {
            proxy.close();
        }
    }

    private void start(String treacherous) throws IOException {
        for (String asked : NAMES) {
            for (String asking : NAMES) {
                if (!asking.equals(asked)) {
                    proxies.put(asking + asked, new FaultProxy());
                }
            }
        }
        for (String name : NAMES) {
            String names = NAMES.stream()
                    .filter(asking -> !asking.equals(name))
                    .map(asking -> proxies.get(asking + name).authority())
                    .collect(Collectors.joining(","));
            children.put(name, new Child(name, home, names, name.equals(treacherous)));
        }
        for (String name : NAMES) {
            lead(name);
            introduce(name);
        }
    }

    private void lead(String asked) {
        proxies.forEach((between, proxy) -> {
            if (between.endsWith(asked)) {
                proxy.leadTo(children.get(asked).port());
            }
        });
    }

    private void introduce(String asking) throws IOException {
        for (String asked : NAMES) {
            if (!asked.equals(asking)) {
                Child child = children.get(asking);
                child.tell("join " + children.get(asked).id() + " "
                        + proxies.get(asking + asked).authority());
                child.expect("joined");
            }
        }
    }

    private void partition(String alone) {
        proxies.forEach((between, proxy) -> {
            if (between.contains(alone)) {
                proxy.cut();
            }
        });
    }

    private void heal() {
        proxies.values().forEach(FaultProxy::heal);
    }

    private void record(String name, String namespace, int count) throws IOException {
        children.get(name).tell("record " + namespace + " " + name + "-" + acknowledged.size() + " " + count);
        acknowledged.addAll(children.get(name).recorded());
    }

    /** What the processes say when they agree: sizes and roots of both namespaces. */
    private String agreed(List<String> honest) throws IOException {
        String ids = honest.stream().map(name -> children.get(name).id()).collect(Collectors.joining(","));
        List<String> said = List.of();
        for (int round = 0; round < ROUNDS && (said.isEmpty() || new TreeSet<>(said).size() > 1); round++) {
            said = new ArrayList<>();
            for (String name : honest) {
                children.get(name).tell("agree " + PATIENCE + " " + ids);
                String status = children.get(name).expect("status");
                said.add(status.substring("status ".length(), status.lastIndexOf(' ')));
            }
        }
        assertEquals(1, new TreeSet<>(said).size(), "not agreed: " + said);
        return said.get(0);
    }

    private int misbehaviour(String name) throws IOException {
        children.get(name).tell("agree 1 nobody");
        String status = children.get(name).expect("status");
        return Integer.parseInt(status.substring(status.lastIndexOf(' ') + 1));
    }

    private void killWhileRecording(String name) throws IOException {
        Child child = children.get(name);
        child.tell("record main " + name + "-killed 100000");
        acknowledged.addAll(child.recorded(30));
        child.start();
        lead(name);
        introduce(name);
    }

    private void closeAndCheck(String name) throws IOException {
        children.get(name).tell("close");
        children.get(name).expect("closed");
        try (Remembrancer memory = Remembrancer.open(children.get(name).directory)) {
            Report audit = memory.verifyAudit();
            assertFalse(audit.failed(), audit::toText);
            for (String id : acknowledged) {
                Hash hash = Hash.parse(id);
                assertTrue(
                        memory.receipt(hash).isPresent()
                                || memory.namespace("dao:vaultmesh")
                                        .receipt(hash)
                                        .isPresent(),
                        () -> name + " lost " + id);
            }
        }
    }

    @Test
    void areKilledAndPartitionedMeetAgainAndHaveOneRoot() throws Exception {
        start("");
        partition("a");
        for (String name : NAMES) {
            record(name, "main", 40);
            record(name, "dao:vaultmesh", 10);
        }
        killWhileRecording("b");
        record("b", "main", 10);
        int cutOff = proxies.get("ab").cutOff() + proxies.get("ba").cutOff();
        assertTrue(cutOff > 0, "the partition stopped nothing");
        heal();
        killWhileRecording("c");
        partition("c");
        killWhileRecording("a");
        heal();
        String one = agreed(NAMES);
        System.out.println("three processes, three kills, two partitions; all of " + acknowledged.size()
                + " acknowledged records, and more, at each: " + one);
        for (String name : NAMES) {
            closeAndCheck(name);
        }
    }

    @Test
    void ofWhichOneLiesLeaveTheOthersWithOneRoot() throws Exception {
        start("c");
        for (String name : NAMES) {
            record(name, "main", 40);
            record(name, "dao:vaultmesh", 10);
        }
        acknowledged.removeAll(acknowledged.subList(100, 150)); // the liar's own may have been withheld
        partition("b");
        record("a", "main", 20);
        heal();
        killWhileRecording("b");
        List<String> honest = List.of("a", "b");
        String one = agreed(honest);
        int noticed = misbehaviour("a") + misbehaviour("b");
        assertTrue(noticed > 0, "nobody noticed the liar");
        System.out.println("three processes, one of them lies (" + noticed + " lies noticed); all of "
                + acknowledged.size() + " acknowledged records, and more, at both others: " + one);
        for (String name : honest) {
            closeAndCheck(name);
        }
        assertTrue(children.get("c").isAlive());
    }
}
