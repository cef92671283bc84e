package io.vaultmesh.federation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.federation.merge.Crafted;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailingStoreTest {

    private String failing = "";
    private Supplier<RuntimeException> failure = IllegalStateException::new;

    /** A store whose method fails as long as the test says so. */
    private RecordStore failing(RecordStore below) {
        return (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(failing)) {
                        throw failure.get();
                    }
                    try {
                        return method.invoke(below, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({"records,disk", "records,damage", "admit,disk", "admit,damage", "entry,disk", "size,disk", "admit,state"
    })
    void aStoreThatFailsForAWhileStopsNothingForEver(String method, String how) {
        ScriptedPeers node = new ScriptedPeers(this::failing, "peer");
        RecordStore peers = ScriptedPeers.store("peer");
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            records.add(Crafted.record("honest", i, "Record " + i));
            records.add(Crafted.record("liar", 1, "Contradiction " + i));
        }
        var unused = peers.admit(records, AdmissionPolicy.open()::admits);
        byte[] own = Crafted.record("node", 0, "Own");
        unused = node.store.admit(List.of(own), AdmissionPolicy.open()::admits);
        failure = switch (how) {
            case "disk" -> () -> new UncheckedIOException("gone", new IOException("no such device"));
            case "damage" -> () -> new MemoryDamagedException("damaged", new IOException("damaged"));
            default -> () -> new IllegalStateException("closed");
        };
        failing = method;
        node.honest("peer", peers).pass(ScriptedPeers.PERIOD);
        failing = "";
        node.pass(ScriptedPeers.PERIOD.multipliedBy(30));
        assertEquals(7, node.set.size());
        assertEquals(7, peers.size());
        assertEquals(
                List.of(3),
                node.set.conflicts().stream().map(found -> found.ids().size()).toList());
        assertTrue(node.events.stream()
                .anyMatch(event -> event instanceof FederationEvent.Synced synced
                        && synced.report().outcome() == SyncReport.Outcome.FAILED
                        && !synced.report().reason().isEmpty()));
    }

    @ParameterizedTest
    @CsvSource({"records", "size"})
    void whatWasNotReadAtOnceIsAnnouncedLater(String method) {
        ScriptedPeers node = new ScriptedPeers(this::failing, "peer");
        RecordStore peers = ScriptedPeers.store("peer");
        node.honest("peer", peers).pass(Duration.ofSeconds(2));
        failure = () -> new UncheckedIOException("gone", new IOException("no such device"));
        failing = method;
        byte[] record = Crafted.record("node", 0, "Own");
        var unused = node.store.admit(List.of(record), AdmissionPolicy.open()::admits);
        node.pass(Duration.ofSeconds(1));
        assertEquals(0, node.set.size());
        failing = "";
        node.pass(Duration.ofSeconds(1));
        assertTrue(peers.entry(MerkleTree.leafHash(record)).isPresent());
        assertTrue(node.takeRequests(Operation.PUSH) > 0);
        assertEquals(
                200,
                node.ask("peer", Operation.PUSH, EntryList.encode(List.of(record)))
                        .status());
    }
}
